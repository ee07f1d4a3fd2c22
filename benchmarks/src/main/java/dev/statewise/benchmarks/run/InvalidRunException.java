package dev.statewise.benchmarks.run;

import java.util.List;

/** A text that is no run of ours. */
public final class InvalidRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidRunException(List<String> errors) {
    super(
        "It does not follow statewise-run.schema.json: %s%s"
            .formatted(
                String.join("; ", errors.subList(0, Math.min(5, errors.size()))),
                errors.size() > 5 ? " and %d more".formatted(errors.size() - 5) : ""));
  }

  private InvalidRunException(String message, InvalidRunException cause) {
    super(message, cause);
  }

  /** The same, said of a file. */
  public InvalidRunException in(String file) {
    return new InvalidRunException(file + ": " + getMessage(), this);
  }
}
