package dev.statewise.objectstorage;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.SessionKey;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The names of objects: a prefix, and the session key.
 *
 * <p>A key has one length, so no name of one prefix is a name of another.
 */
record ObjectNames(String prefix) {

  private static final int LONGEST = 512;
  private static final Pattern PREFIX =
      Pattern.compile("[A-Za-z0-9!_.*'()=:-][A-Za-z0-9!_.*'()=:/-]*|");
  private static final Pattern PATH_TRICK = Pattern.compile("//|(^|/)\\.{1,2}(/|$)");

  static final ObjectNames DEFAULT = new ObjectNames("statewise/");

  /**
   * @throws IllegalArgumentException if it cannot be a prefix
   */
  ObjectNames {
    requireNonNull(prefix, "prefix");
    if (prefix.length() > LONGEST
        || !PREFIX.matcher(prefix).matches()
        || PATH_TRICK.matcher(prefix).find()) {
      throw new IllegalArgumentException(
          "The prefix, of %d characters, is not up to %d letters, digits and !_.*'()=:-/, or begins with /, or has // or a part that is . or .. in it. Take one like sessions/."
              .formatted(prefix.length(), LONGEST));
    }
  }

  String of(SessionKey key) {
    return prefix + requireNonNull(key, "key").text();
  }

  /** The key of the session that an object is named for; empty for an object of others. */
  Optional<SessionKey> keyOf(String name) {
    return name.startsWith(prefix)
        ? SessionKey.parse(name.substring(prefix.length()))
        : Optional.empty();
  }

  /** A name below the prefix that no session has, and nothing else either. */
  String ofTrial() {
    return prefix + "trial-" + UUID.randomUUID();
  }
}
