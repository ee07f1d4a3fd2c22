package dev.statewise.session;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The state does not fit where it would have to be kept. Nothing was written.
 *
 * @param bytes what it would have taken
 * @param limit what there is room for
 * @param parts of a token, what takes how much of it, the largest first; together they are {@code
 *     bytes}. Empty for a store, where nothing but the attributes counts
 */
public record TooLarge(int bytes, int limit, List<Part> parts) implements OpenResult, SaveResult {

  private static final int TOLD = 5;

  public TooLarge {
    parts = parts.stream().sorted(Comparator.comparingInt(Part::bytes).reversed()).toList();
  }

  /** What does not fit, without its parts. */
  public TooLarge(int bytes, int limit) {
    this(bytes, limit, List.of());
  }

  /**
   * A part of what would have been kept.
   *
   * @param name of an attribute, or what it is that is none: {@code signature}
   * @param isAttribute whether it is an attribute, which the application can make smaller
   * @param bytes what it takes as it is kept, encoding included
   */
  public record Part(String name, boolean isAttribute, int bytes) {

    private static final int LONGEST_NAME = 64;

    public Part {
      requireNonNull(name, "name");
    }

    /** For a message: an attribute by its name, which is cut if it is long; never its value. */
    @Override
    public String toString() {
      return "%s with %d bytes"
          .formatted(isAttribute ? "attribute '%s'".formatted(printable()) : name, bytes);
    }

    private String printable() {
      String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
      return shown.replaceAll("\\p{Cntrl}", "?");
    }
  }

  /** The sizes, and of the parts the largest. */
  @Override
  public String toString() {
    String largest =
        parts.stream().limit(TOLD).map(Part::toString).collect(Collectors.joining(", "));
    return "TooLarge[%d bytes of %d%s]"
        .formatted(bytes, limit, parts.isEmpty() ? "" : ", the largest " + largest);
  }
}
