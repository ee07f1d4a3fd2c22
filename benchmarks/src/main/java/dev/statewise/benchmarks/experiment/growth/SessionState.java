package dev.statewise.benchmarks.experiment.growth;

import dev.statewise.benchmarks.arm.Profile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What state the sessions carry that are weighed. */
enum SessionState {
  /** As that of most experiments: {@link Profile#TYP}. */
  TYP("typ", Profile.TYP.meaning()),
  /** Four short texts and a number, as text. */
  FIVE("five", "a subject, four short texts and a number, as text");

  private final String text;
  private final String meaning;

  SessionState(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  static Optional<SessionState> named(String text) {
    return Stream.of(values()).filter(state -> state.text.equals(text)).findFirst();
  }

  /** For a reader. */
  String meaning() {
    return meaning;
  }

  /**
   * The attributes of one session: the names are those of every other, as they are in a program,
   * and the values are nobody else's, as what was read from somewhere is.
   */
  Map<String, String> attributes() {
    Map<String, String> own = new LinkedHashMap<>();
    (this == TYP ? Profile.TYP.attributes() : five())
        .forEach((name, value) -> own.put(name, String.valueOf(value.toCharArray())));
    return own;
  }

  private static Map<String, String> five() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("name", "Ada Lovelace");
    attributes.put("tenant", "acme-corporation");
    attributes.put("locale", "en-GB");
    attributes.put("role", "editor");
    attributes.put("cartId", "1764236553123");
    return attributes;
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
