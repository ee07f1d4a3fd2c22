package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Findings;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.SessionCodec.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sessions as they are written to Redis, and as they are read: with a word on what is none. */
record StoredSessions(RedisCalls calls, Findings findings) {

  /** {@link RedisSessionStore#MARGIN} as the scripts take it. */
  static final byte[] MARGIN =
      Long.toString(RedisSessionStore.MARGIN.toMillis()).getBytes(StandardCharsets.US_ASCII);

  /** One write of {@code session}, with a tag of its own. */
  static byte[] encode(Session session) {
    return SessionCodec.encode(session, SessionCodec.newTag());
  }

  /**
   * The session with {@code key} in {@code value}; empty, and a finding, if it is not that.
   *
   * @throws dev.statewise.spi.StoreUnavailableException if only a newer node can read it
   */
  Optional<Session> read(String verb, byte[] redisKey, SessionKey key, byte[] value) {
    Decoded decoded = SessionCodec.decode(value, key);
    if (decoded instanceof Decoded.Read read) {
      return Optional.of(read.session());
    }
    if (decoded instanceof Decoded.Unreadable unreadable) {
      tellOfStranger(key, unreadable.why());
      return Optional.empty();
    }
    throw calls.newer(verb, redisKey);
  }

  /** What lies under a session's key is no such session. */
  void tellOfStranger(SessionKey key, String why) {
    tell(
        "What lies under the key of session %s is not that session: %s. It is treated as no session. Find out who else writes to this Redis."
            .formatted(key, why));
  }

  void tell(String finding) {
    findings.tell(finding);
  }
}
