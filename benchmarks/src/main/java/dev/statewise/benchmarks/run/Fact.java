package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something about the machine or the run that may not be known.
 *
 * @param value as text; null exactly if it is not known
 * @param reason why it is not known
 */
public record Fact(
    @Nullable String value, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {

  public Fact {
    if ((value == null) == (reason == null)) {
      throw new IllegalArgumentException(
          "A fact has a value or a reason, and this one has %s and %s.".formatted(value, reason));
    }
  }

  public static Fact known(Object value) {
    return new Fact(value.toString(), null);
  }

  public static Fact unknown(String reason) {
    return new Fact(null, reason);
  }

  /** The value, or in brackets why there is none. */
  public String text() {
    return value != null ? value : "not known (" + reason + ")";
  }
}
