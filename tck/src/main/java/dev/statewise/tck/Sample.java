package dev.statewise.tck;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sessions that the rules are tried on: a fresh key and secret hash each, and whatever
 * else a rule says. Its times are fixed and have nothing to do with the machine's clock.
 */
final class Sample {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration LIFE = Duration.ofHours(12);

  private final String subject;
  private @Nullable SessionKey key;
  private SecretHash secretHash = freshHash();
  private long version = 1;
  private Instant createdAt = NOW;
  private @Nullable Instant lastSeen;
  private Duration idleTimeout = IDLE;
  private @Nullable Instant absoluteEnd;
  private Map<String, String> attributes = Map.of("cart", "42", "theme", "dark");

  private Sample(String subject) {
    this.subject = subject;
  }

  static Sample of(String subject) {
    return new Sample(subject);
  }

  static Sample anonymous() {
    return new Sample("");
  }

  /** A session of alice's with two attributes. */
  static Session session() {
    return of("alice").build();
  }

  /** What a rotation of {@code session} at {@code now} writes: its successor with a new secret. */
  static Session rotated(Session session, Instant now) {
    return like(session.next(now)).secretHash(freshHash()).build();
  }

  /** Everything as in {@code session}, until it is changed. */
  static Sample like(Session session) {
    return of(session.subject())
        .key(session.key())
        .secretHash(session.secretHash())
        .version(session.version())
        .createdAt(session.createdAt())
        .lastSeen(session.lastSeen())
        .idleTimeout(session.idleTimeout())
        .absoluteEnd(session.absoluteEnd())
        .attributes(session.attributes());
  }

  static SecretHash freshHash() {
    byte[] bytes = new byte[SecretHash.LENGTH];
    ThreadLocalRandom.current().nextBytes(bytes);
    return SecretHash.of(bytes);
  }

  Sample key(SessionKey key) {
    this.key = key;
    return this;
  }

  Sample secretHash(SecretHash secretHash) {
    this.secretHash = secretHash;
    return this;
  }

  Sample version(long version) {
    this.version = version;
    return this;
  }

  Sample createdAt(Instant createdAt) {
    this.createdAt = createdAt;
    return this;
  }

  Sample lastSeen(Instant lastSeen) {
    this.lastSeen = lastSeen;
    return this;
  }

  Sample idleTimeout(Duration idleTimeout) {
    this.idleTimeout = idleTimeout;
    return this;
  }

  Sample absoluteEnd(Instant absoluteEnd) {
    this.absoluteEnd = absoluteEnd;
    return this;
  }

  Sample attributes(Map<String, String> attributes) {
    this.attributes = attributes;
    return this;
  }

  /** Created and last seen at NOW, alive for 30 minutes, unless told otherwise. */
  Session build() {
    return Session.restore(
        key == null ? SessionKey.draw(subject, ThreadLocalRandom.current()) : requireNonNull(key),
        subject,
        secretHash,
        version,
        createdAt,
        lastSeen == null ? createdAt : requireNonNull(lastSeen),
        idleTimeout,
        absoluteEnd == null ? createdAt.plus(LIFE) : requireNonNull(absoluteEnd),
        attributes);
  }
}
