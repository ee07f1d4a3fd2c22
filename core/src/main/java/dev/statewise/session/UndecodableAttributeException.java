package dev.statewise.session;

/**
 * An attribute's text is not a value of its type. The session itself is sound: every other
 * attribute can be read, and a save carries this one through unchanged.
 */
public final class UndecodableAttributeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;

  UndecodableAttributeException(String name, RuntimeException cause) {
    // The cause is named by its class alone: its message may quote the value.
    super(
        "Attribute '%s' does not decode (%s), so its value cannot be used. The session lives on: remove the attribute, write it anew, or mend the decoder."
            .formatted(name, cause.getClass().getSimpleName()));
    this.name = name;
  }

  /** The attribute's name. */
  public String attributeName() {
    return name;
  }
}
