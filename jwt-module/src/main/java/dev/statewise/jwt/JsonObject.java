package dev.statewise.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a token of ours may have it: members are strings, whole numbers of 64 bits, or
 * one level of objects of strings. All else is an {@link IOException}: a name that comes twice,
 * text behind the object, bytes that are not UTF-8.
 */
final class JsonObject {

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxNumberLength(20)
                  .maxNameLength(JwtTokenService.MAX_TOKEN_BYTES)
                  .maxStringLength(JwtTokenService.MAX_TOKEN_BYTES)
                  .maxDocumentLength(JwtTokenService.MAX_TOKEN_BYTES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Four bytes for a character beyond the basic plane, and not two escapes of six.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          // A stranger chooses the names: they must not fill tables that outlive the parse.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final Map<String, Object> members;

  private JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  static JsonObject parse(byte[] utf8) throws IOException {
    // From text, not from bytes: Jackson would guess UTF-16 and UTF-32 and mend broken UTF-8.
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    try (JsonParser parser = FACTORY.createParser(text)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "not an object");
      Map<String, Object> members = new HashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        members.put(parser.currentName(), value(parser));
      }
      require(parser.nextToken() == null, "text behind the object");
      return new JsonObject(members);
    }
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
    return member(name, String.class);
  }

  long integer(String name, long least, long most) throws IOException {
    long value = member(name, Long.class);
    require(value >= least && value <= most, "a number out of range");
    return value;
  }

  /** An object of strings with at least one member; empty if there is no such object. */
  Map<String, String> texts(String name) throws IOException {
    if (!members.containsKey(name)) {
      return Map.of();
    }
    Texts texts = member(name, Texts.class);
    require(!texts.members().isEmpty(), "an empty object");
    return texts.members();
  }

  private <T> T member(String name, Class<T> type) throws IOException {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw new IOException("a missing member, or one of another type");
    }
    return type.cast(value);
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case START_OBJECT -> new Texts(texts(parser));
      default -> throw new IOException("a value that no token of ours has");
    };
  }

  private static Map<String, String> texts(JsonParser parser) throws IOException {
    Map<String, String> texts = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      require(parser.nextToken() == JsonToken.VALUE_STRING, "not a string");
      texts.put(name, parser.getText());
    }
    return texts;
  }

  private static void require(boolean held, String otherwise) throws IOException {
    if (!held) {
      throw new IOException(otherwise);
    }
  }

  private record Texts(Map<String, String> members) {}
}
