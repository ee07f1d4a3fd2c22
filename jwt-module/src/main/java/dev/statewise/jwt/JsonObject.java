package dev.statewise.jwt;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a token of ours may have it: what is asked for is a string, a whole number of 64
 * bits, or an object of strings. All else is an {@link IOException}, and so is what {@link
 * JsonTree} does not take.
 */
final class JsonObject {

  private static final JsonTree JSON = new JsonTree(JwtTokenService.MAX_TOKEN_BYTES);

  private final Map<String, Object> members;

  private JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  static JsonObject parse(byte[] utf8) throws IOException {
    return new JsonObject(JSON.parse(utf8));
  }

  /** Fails if there is a member of any other name. */
  void requireNamesIn(Set<String> allowed) throws IOException {
    require(allowed.containsAll(members.keySet()), "an unknown name");
  }

  /** A string, or null if there is no such member. */
  @Nullable String textOrNull(String name) throws IOException {
    return members.containsKey(name) ? text(name) : null;
  }

  String text(String name) throws IOException {
    return as(String.class, members.get(name));
  }

  long integer(String name, long least, long most) throws IOException {
    long value = as(Long.class, members.get(name));
    require(value >= least && value <= most, "a number out of range");
    return value;
  }

  /** An object of strings with at least one member; empty if there is no such object. */
  Map<String, String> texts(String name) throws IOException {
    if (!members.containsKey(name)) {
      return Map.of();
    }
    Map<String, String> texts = new HashMap<>();
    Map<?, ?> object = as(Map.class, members.get(name));
    for (Map.Entry<?, ?> member : object.entrySet()) {
      texts.put(as(String.class, member.getKey()), as(String.class, member.getValue()));
    }
    require(!texts.isEmpty(), "an empty object");
    return texts;
  }

  private static <T> T as(Class<T> type, @Nullable Object value) throws IOException {
    if (!type.isInstance(value)) {
      throw new IOException("a missing member, or one of another type");
    }
    return type.cast(value);
  }

  private static void require(boolean held, String otherwise) throws IOException {
    if (!held) {
      throw new IOException(otherwise);
    }
  }
}
