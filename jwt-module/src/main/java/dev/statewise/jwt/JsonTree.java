package dev.statewise.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON of others, whatever it says: objects are maps, arrays are lists, whole numbers of 64 bits
 * are longs, texts and truth values are themselves, and all else is {@link Other}. Bounded in size
 * and depth. A name that comes twice, text behind the object and bytes that are not UTF-8 are an
 * {@link IOException}.
 */
final class JsonTree {

  /** What no claim and no parameter that we read may be. */
  enum Other {
    /** A fraction, or a number beyond 64 bits. */
    NUMBER,
    NULL
  }

  private static final int MAX_DEPTH = 8;
  private static final int MAX_NUMBER_CHARS = 64;
  private static final BigInteger LEAST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private final JsonFactory factory;

  /**
   * @param maxBytes how long a text may be
   */
  JsonTree(int maxBytes) {
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .maxNameLength(maxBytes)
                    .maxStringLength(maxBytes)
                    .maxDocumentLength(maxBytes)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Strangers choose the names: they must not fill tables that outlive the parse.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
  }

  /** The members of an object. */
  Map<String, Object> parse(byte[] utf8) throws IOException {
    // From text, not from bytes: Jackson would guess UTF-16 and UTF-32 and mend broken UTF-8.
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      Map<String, Object> members = object(parser);
      if (parser.nextToken() != null) {
        throw new IOException("text behind the object");
      }
      return members;
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return Collections.unmodifiableMap(members);
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return Collections.unmodifiableList(elements);
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("an end too early");
    }
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> number(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> Other.NUMBER;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Other.NULL;
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      default -> throw new IOException("a value is missing");
    };
  }

  private static Object number(BigInteger number) {
    return number.compareTo(LEAST_LONG) >= 0 && number.compareTo(LARGEST_LONG) <= 0
        ? (Object) number.longValue()
        : Other.NUMBER;
  }
}
