package dev.statewise.redis;

import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Which session is meant by a key that Redis says was changed. */
final class InvalidatedKeys {

  private static final byte[] BETWEEN = "}:s:".getBytes(StandardCharsets.US_ASCII);
  private static final int SLOT_LENGTH = 3;

  private final byte[] head;

  InvalidatedKeys(KeySpace keys) {
    head = (keys.prefix() + '{').getBytes(StandardCharsets.UTF_8);
  }

  /** What each key of a session, and of its index, begins with. */
  byte[] head() {
    return head.clone();
  }

  /** The session that lies under {@code redisKey}; empty if something else does. */
  Optional<SessionKey> session(byte[] redisKey) {
    int slotEnd = head.length + SLOT_LENGTH;
    int handle = slotEnd + BETWEEN.length;
    if (redisKey.length != head.length + SessionKey.LENGTH + BETWEEN.length
        || !Arrays.equals(redisKey, 0, head.length, head, 0, head.length)
        || !Arrays.equals(redisKey, slotEnd, handle, BETWEEN, 0, BETWEEN.length)) {
      return Optional.empty();
    }
    return SessionKey.parse(
        new String(redisKey, head.length, SLOT_LENGTH, StandardCharsets.ISO_8859_1)
            + new String(redisKey, handle, redisKey.length - handle, StandardCharsets.ISO_8859_1));
  }
}
