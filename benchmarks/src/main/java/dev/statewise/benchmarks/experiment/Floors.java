package dev.statewise.benchmarks.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;

/**
 * The bare work at the heart of a validation. A floor checks nothing: it is no arm that anyone
 * could use, it is what the arm above it can at best come to.
 */
final class Floors {

  private static final int BOUND = 1_000_000;
  private static final int KEY_BYTES = 32;
  private static final int SCAN_BATCH = 1_000;

  private Floors() {}

  /** One MAC, by one reused {@code javax.crypto.Mac}, over what the signature of a token covers. */
  static Task mac(Credential[] tokens) {
    byte[][] inputs = new byte[tokens.length][];
    for (int i = 0; i < inputs.length; i++) {
      String token = tokens[i].value();
      inputs[i] = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.ISO_8859_1);
    }
    Mac mac = hmac();
    return new Task(
        Arms.FLOOR_MAC,
        Operation.VALIDATE.toString(),
        index -> mac.doFinal(inputs[index & (inputs.length - 1)])[0] & 0xff);
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

  private static Mac hmac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[KEY_BYTES], "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256; this one says it has not.", e);
    }
  }
}
