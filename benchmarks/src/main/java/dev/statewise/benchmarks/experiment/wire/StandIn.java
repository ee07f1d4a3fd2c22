package dev.statewise.benchmarks.experiment.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What stands in for a credential where bytes depend on its very characters, as a Huffman code's
 * do: the same in every run.
 *
 * <p>It is the credential with other random characters, of a fixed sequence, and other instants: as
 * long, of the same alphabet, with the same header and claims, whose attributes are in order. It
 * opens nothing.
 */
final class StandIn {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String SESSION = "\"sid\":\"";
  private static final Pattern KEY = Pattern.compile(SESSION + "[^\"]*");

  /** In seconds or milliseconds; nothing shorter is one, and text has a quote before it. */
  private static final Pattern INSTANT = Pattern.compile(":[0-9]{10,13}(?=[,}])");

  private static final String ATTRIBUTES = "att";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String SOME_INSTANT = ":1800000000000";

  private final Random random;

  private StandIn(int user) {
    this.random = new Random(user);
  }

  /**
   * What stands in for the credential of one user.
   *
   * @param credential an id or a token
   * @param user a number; another user's has other random characters
   */
  static String of(String credential, int user) {
    String[] segments = credential.split("\\.", -1);
    StandIn standIn = new StandIn(user);
    return segments.length == 3 ? standIn.token(segments) : standIn.characters(credential.length());
  }

  /** So many characters of base64url. */
  static String ofLength(int characters) {
    return new StandIn(characters).characters(characters);
  }

  private String token(String[] segments) {
    String payload = new String(Base64.getUrlDecoder().decode(segments[1]), ISO_8859_1);
    String named = KEY.matcher(payload).replaceAll(this::sameLength);
    String timed =
        INSTANT
            .matcher(named)
            .replaceAll(instant -> SOME_INSTANT.substring(0, instant.end() - instant.start()));
    String ordered = inOrder(timed);
    byte[] signature = new byte[Base64.getUrlDecoder().decode(segments[2]).length];
    random.nextBytes(signature);
    return segments[0] + "." + encode(ordered.getBytes(ISO_8859_1)) + "." + encode(signature);
  }

  /** A map of few attributes has another order in every JVM. */
  private static String inOrder(String payload) {
    try {
      ObjectNode claims = (ObjectNode) MAPPER.readTree(payload);
      if (claims.get(ATTRIBUTES) instanceof ObjectNode attributes) {
        ObjectNode sorted = claims.putObject(ATTRIBUTES);
        new TreeSet<>(names(attributes)).forEach(name -> sorted.set(name, attributes.get(name)));
      }
      return MAPPER.writeValueAsString(claims);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The payload of a token is JSON, and this one is not.", e);
    }
  }

  private static List<String> names(ObjectNode attributes) {
    List<String> names = new ArrayList<>();
    attributes.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private String sameLength(MatchResult key) {
    return SESSION + characters(key.end() - key.start() - SESSION.length());
  }

  private String characters(int count) {
    StringBuilder characters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return characters.toString();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
