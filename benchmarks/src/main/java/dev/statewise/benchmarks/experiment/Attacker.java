package dev.statewise.benchmarks.experiment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.statewise.session.Credential;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How an attacker makes one bad credential after another, the cheapest way there is: each function
 * makes another text for another number, or a fresh copy where the same text does. Not thread-safe.
 */
final class Attacker {

  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(ISO_8859_1);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int SECRET_BYTES = 32;
  private static final int OVERSIZE = 50 << 20;
  private static final int DOTS = 1_000_000;
  private static final int KEY = 15;
  private static final int SECRET = 24;

  private final SplittableRandom random = new SplittableRandom(42);
  private final Credential[] genuine;

  /**
   * @param genuine what it was given as a client, or saw
   */
  Attacker(Credential[] genuine) {
    this.genuine = genuine.clone();
  }

  IntFunction<String> making(BadCredential bad) {
    return switch (bad) {
      case MALFORMED -> malformed(genuine[0].value().length());
      case WRONG_ALG -> header("{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"session+jwt\"}");
      case UNKNOWN_KID -> header("{\"alg\":\"HS256\",\"kid\":\"k9\",\"typ\":\"session+jwt\"}");
      case ALG_NONE -> unsigned("{\"alg\":\"none\",\"typ\":\"session+jwt\"}");
      case BAD_SIGNATURE -> flipped();
      case WRONG_KEY -> signedAnew();
      case EXPIRED, REVOKED -> copies();
      case RANDOM_ID -> any -> randomText(KEY) + "." + randomText(SECRET);
      case WRONG_SECRET -> wrongSecret();
      case OVERSIZE -> any -> "A".repeat(OVERSIZE);
      case DOTS -> any -> ".".repeat(DOTS);
    };
  }

  private IntFunction<String> malformed(int length) {
    return any -> randomText(length);
  }

  private IntFunction<String> copies() {
    byte[][] texts = new byte[genuine.length][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = genuine[i].value().getBytes(ISO_8859_1);
    }
    return i -> new String(texts[i & (texts.length - 1)], ISO_8859_1);
  }

  private IntFunction<String> header(String json) {
    String header = ENCODER.encodeToString(json.getBytes(ISO_8859_1));
    String[] rests = new String[genuine.length];
    for (int i = 0; i < rests.length; i++) {
      rests[i] = genuine[i].value().substring(genuine[i].value().indexOf('.'));
    }
    return i -> header.concat(rests[i & (rests.length - 1)]);
  }

  private IntFunction<String> unsigned(String json) {
    String header = ENCODER.encodeToString(json.getBytes(ISO_8859_1));
    String[] rests = new String[genuine.length];
    for (int i = 0; i < rests.length; i++) {
      String token = genuine[i].value();
      rests[i] = token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    }
    return i -> header.concat(rests[i & (rests.length - 1)]);
  }

  /** Another character each time, and never in the last one, whose bits are not all free. */
  private IntFunction<String> flipped() {
    byte[][] texts = new byte[genuine.length][];
    int[] signatures = new int[genuine.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = genuine[i].value().getBytes(ISO_8859_1);
      signatures[i] = genuine[i].value().lastIndexOf('.') + 1;
    }
    return i -> {
      int which = i & (texts.length - 1);
      byte[] text = texts[which].clone();
      int at = signatures[which] + random.nextInt(text.length - 1 - signatures[which]);
      text[at] = text[at] == 'A' ? (byte) 'B' : (byte) 'A';
      return new String(text, ISO_8859_1);
    };
  }

  private IntFunction<String> signedAnew() {
    Mac mac = hmac();
    String[] inputs = new String[genuine.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = genuine[i].value().substring(0, genuine[i].value().lastIndexOf('.'));
    }
    return i -> {
      String input = inputs[i & (inputs.length - 1)];
      byte[] signature = mac.doFinal(input.getBytes(ISO_8859_1));
      return input + "." + ENCODER.encodeToString(signature);
    };
  }

  private IntFunction<String> wrongSecret() {
    String[] keys = new String[genuine.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = genuine[i].value().substring(0, KEY + 1);
    }
    return i -> keys[i & (keys.length - 1)].concat(randomText(SECRET));
  }

  private String randomText(int length) {
    byte[] text = new byte[length];
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits = i % 10 == 0 ? random.nextLong() : bits >>> 6;
      text[i] = ALPHABET[(int) bits & 63];
    }
    return new String(text, ISO_8859_1);
  }

  private static Mac hmac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[SECRET_BYTES], "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256; this one says it has not.", e);
    }
  }
}
