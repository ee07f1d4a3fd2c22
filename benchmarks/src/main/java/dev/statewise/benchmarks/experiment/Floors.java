package dev.statewise.benchmarks.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.TokenKey;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;

/**
 * The bare work at the heart of a validation. A floor checks nothing: it is no arm that anyone
 * could use, it is what the arm above it can at best come to.
 */
public final class Floors {

  private static final int BOUND = 1_000_000;
  private static final int SCAN_BATCH = 1_000;

  private Floors() {}

  /** What the algorithm of {@code floor} does with what the signatures of these tokens cover. */
  public static Task ofTokens(String floor, Credential[] tokens) {
    TokenKey key =
        Stream.of(TokenKey.values())
            .filter(one -> one.floor().equals(floor))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no '" + floor + "'."));
    byte[][] inputs = new byte[tokens.length][];
    byte[][] signatures = new byte[tokens.length][];
    for (int i = 0; i < inputs.length; i++) {
      String token = tokens[i].value();
      int dot = token.lastIndexOf('.');
      inputs[i] = token.substring(0, dot).getBytes(StandardCharsets.ISO_8859_1);
      signatures[i] = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    }
    Task.Body body = key == TokenKey.HS256 ? mac(key, inputs) : verify(key, inputs, signatures);
    return new Task(floor, Operation.VALIDATE.toString(), body);
  }

  /** One MAC, by one reused {@code javax.crypto.Mac}. */
  private static Task.Body mac(TokenKey key, byte[][] inputs) {
    Mac mac = key.mac();
    return index -> mac.doFinal(inputs[index & (inputs.length - 1)])[0] & 0xff;
  }

  /** One verification, by one reused {@code java.security.Signature}. */
  private static Task.Body verify(TokenKey key, byte[][] inputs, byte[][] signatures) {
    Signature signature = key.verification();
    return index -> {
      int at = index & (inputs.length - 1);
      try {
        signature.update(inputs[at]);
        return signature.verify(signatures[at]) ? at : -1;
      } catch (SignatureException e) {
        return -1;
      }
    };
  }

  /** One lookup in a cache of the same size. */
  static Task caffeineGet(Validating arm) {
    Cache<SessionKey, Session> cache = Caffeine.newBuilder().maximumSize(BOUND).build();
    SessionKey[] keys = new SessionKey[arm.pool().length];
    for (int i = 0; i < keys.length; i++) {
      Session session = arm.session(i);
      keys[i] = session.key();
      cache.put(session.key(), session);
    }
    return new Task(
        Arms.FLOOR_CAFFEINE_GET,
        Operation.VALIDATE.toString(),
        index -> {
          Session found = cache.getIfPresent(keys[index & (keys.length - 1)]);
          return found == null ? -1 : found.attributes().size();
        });
  }

  /** One {@code GET} of the very keys that the store reads. */
  static Task jedisGet(RedisAddress redis, RedisClient client, String keyPrefix) {
    byte[][] keys = keys(redis, keyPrefix);
    return new Task(
        Arms.FLOOR_JEDIS_GET,
        Operation.VALIDATE.toString(),
        index -> {
          byte[] found = client.get(keys[index % keys.length]);
          return found == null ? -1 : found.length;
        });
  }

  private static byte[][] keys(RedisAddress redis, String keyPrefix) {
    try (Jedis jedis = redis.admin()) {
      ScanParams params = new ScanParams().match(keyPrefix + "*:s:*").count(SCAN_BATCH);
      List<String> keys = new java.util.ArrayList<>();
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        var found = jedis.scan(cursor, params);
        keys.addAll(found.getResult());
        cursor = found.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
      return keys.stream()
          .distinct()
          .map(key -> key.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);
    }
  }
}
