package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import dev.statewise.SessionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a token service. Exactly one is current: it signs. One may be next: it verifies
 * already. Any number are retiring: they verify until their longest token has ended, and no longer.
 * Others, as those of other nodes, only verify. Immutable.
 *
 * <p>A key must verify everywhere before it signs anywhere. So a rotation has three steps, each of
 * them complete on every node before the next begins:
 *
 * <pre>{@code
 * KeyRing first = KeyRing.of(old).withNext(next);              // 1. everywhere
 * KeyRing second = first.rotated(now, rollout, policy);        // 2. everywhere, after 1
 * KeyRing third = KeyRing.of(next);                            // 3. whenever the old one has retired
 * }</pre>
 *
 * <p>A ring is what a node is started with, {@link JwtTokenService#of}, or what takes the place of
 * another while it runs, {@link LiveKeyRing}.
 *
 * <p>A token chooses its key by {@code kid}, and the key has one algorithm; the token has no say in
 * that. Shared secrets and public keys do not go into one ring: a public key must never be taken
 * for a secret.
 */
public final class KeyRing {

  /** The second in which a key retires that does not. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * A key of a ring.
   *
   * @param retires the second since 1970 from which on it verifies nothing
   */
  record Member(VerifyingKey key, long retires) {

    boolean verifiesAt(long second) {
      return second < retires;
    }
  }

  private final SigningKey current;
  private final @Nullable SigningKey next;
  private final Map<String, Member> members;

  private KeyRing(SigningKey current, @Nullable SigningKey next, Map<String, Member> members) {
    this.current = current;
    this.next = next;
    this.members = members;
  }

  /** A ring of one key, which signs and verifies. */
  public static KeyRing of(SigningKey current) {
    requireNonNull(current, "current");
    Member member = new Member(current.verifying(), NEVER);
    return new KeyRing(current, null, Map.of(current.kid(), member));
  }

  /**
   * This ring with a next key, which verifies and does not sign before the ring is {@link #rotated
   * rotated}.
   *
   * @throws IllegalArgumentException if there is a next key already, or for the reasons of {@link
   *     #withVerifying}
   */
  public KeyRing withNext(SigningKey next) {
    requireNonNull(next, "next");
    if (this.next != null) {
      throw new IllegalArgumentException(
          "The ring has a next key, '%s', and so '%s' cannot be it. Rotate to the one it has, or drop that with without(\"%1$s\")."
              .formatted(this.next.kid(), next.kid()));
    }
    return new KeyRing(current, next, joined(next.verifying(), NEVER));
  }

  /**
   * This ring with one more key, which verifies and never retires: the key of another node, or a
   * next one whose private half is not here.
   *
   * @throws IllegalArgumentException if a key of that name is there already, or this same key under
   *     another name for another algorithm, or if the ring's keys are secrets and this one is
   *     public, or the other way round
   */
  public KeyRing withVerifying(VerifyingKey key) {
    return new KeyRing(current, next, joined(key, NEVER));
  }

  /**
   * This ring with a key that signed before and verifies until it retires: for a node that is
   * started while the key retires.
   *
   * @param retires from this instant on its tokens are refused, whether they have ended or not; cut
   *     to the second, as the ends of tokens are. It may have passed
   * @throws IllegalArgumentException for the reasons of {@link #withVerifying}
   */
  public KeyRing withRetiring(VerifyingKey key, Instant retires) {
    return new KeyRing(
        current, next, joined(key, requireNonNull(retires, "retires").getEpochSecond()));
  }

  /**
   * The ring after this one: its next key is current, and its current one retires when the longest
   * token has ended that any node can still sign with it: {@code rollout}, {@code
   * policy.maxIdleTimeout()} and {@code policy.clockSkew()} after {@code now}. What has retired by
   * {@code now} is left out.
   *
   * @param now the instant, on this node's clock
   * @param rollout within what time every node signs with the next key; zero if this node is alone
   * @param policy that of the sessions; if {@code maxIdleTimeout} was lowered while the current key
   *     signed, the one before
   * @throws IllegalStateException if there is no next key
   */
  public KeyRing rotated(Instant now, Duration rollout, SessionPolicy policy) {
    requireNotNegative(requireNonNull(rollout, "rollout"));
    SigningKey successor = requireNext();
    long retires =
        requireNonNull(now, "now")
            .plus(rollout)
            .plus(policy.maxIdleTimeout())
            .plus(policy.clockSkew())
            .getEpochSecond();
    Map<String, Member> kept = new LinkedHashMap<>(members);
    kept.values().removeIf(member -> !member.verifiesAt(now.getEpochSecond()));
    kept.put(current.kid(), new Member(current.verifying(), retires));
    return new KeyRing(successor, null, firstOf(successor, kept));
  }

  /**
   * This ring without a key, and without any other name that the same key has: all of its tokens
   * are refused, as they must be when it was stolen. If it was the current one, the next is.
   *
   * @throws IllegalArgumentException if there is no key of that name, or if no key would be left to
   *     sign
   */
  public KeyRing without(String kid) {
    Member gone = members.get(requireNonNull(kid, "kid"));
    if (gone == null) {
      throw new IllegalArgumentException(
          "The ring has no key named '%s', so nothing was dropped. It has %s."
              .formatted(kid, members.keySet()));
    }
    Map<String, Member> kept = new LinkedHashMap<>(members);
    kept.values().removeIf(member -> member.key().isSameKeyAs(gone.key()));
    SigningKey signer =
        signers()
            .filter(key -> kept.containsKey(key.kid()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' is the only key that the ring can sign with, so without it there would be none. Begin a new ring: KeyRing.of(another)."
                            .formatted(kid)));
    SigningKey nextStays =
        next == null || next == signer || !kept.containsKey(next.kid()) ? null : next;
    return new KeyRing(signer, nextStays, firstOf(signer, kept));
  }

  /**
   * The public keys as a JSON Web Key Set (RFC 7517 §5), for others to verify tokens with: the
   * current one, the next, those that only verify, and the retiring ones until they have retired.
   * Each has {@code use} {@code sig}, its one {@code alg} and its {@code kid}.
   *
   * <p>Who reads it may keep it for hours. So the next key must have been in it for as long before
   * it becomes current.
   *
   * @throws IllegalStateException if the keys are shared secrets, of which nothing is published
   */
  public String jwks(Instant now) {
    if (current.verifying().isSymmetric()) {
      throw new IllegalStateException(
          "The keys of %s are shared secrets: whoever reads one can sign, and an empty set would make readers refuse every token. Sign with a key pair (ES256, Ed25519) where others are to verify."
              .formatted(this));
    }
    long second = requireNonNull(now, "now").getEpochSecond();
    return members.values().stream()
        .filter(member -> member.verifiesAt(second))
        .map(member -> PublicJwk.of(member.key()))
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  /** The key that signs. */
  SigningKey signing() {
    return current;
  }

  /** The key that signs, and the one that will. */
  Stream<SigningKey> signers() {
    return next == null ? Stream.of(current) : Stream.of(current, next);
  }

  /** All keys, the signing one first. */
  Collection<Member> members() {
    return members.values();
  }

  /** The key of that name, if it verifies at {@code now}. */
  @Nullable VerifyingKey find(String kid, Instant now) {
    Member member = members.get(kid);
    return member != null && member.verifiesAt(now.getEpochSecond()) ? member.key() : null;
  }

  /** The names of the keys; no key material. */
  @Override
  public String toString() {
    return "KeyRing[%s signs, %s verify%s%s]"
        .formatted(current, members.keySet(), next == null ? "" : ", next " + next, retiring());
  }

  private String retiring() {
    return members.values().stream()
        .filter(member -> member.retires() != NEVER)
        .map(
            member ->
                ", %s until %s"
                    .formatted(member.key().kid(), Instant.ofEpochSecond(member.retires())))
        .collect(Collectors.joining());
  }

  private SigningKey requireNext() {
    if (next == null) {
      throw new IllegalStateException(
          "The ring has no next key to rotate to. Give every node one, withNext, and rotate when all of them have it: a key must verify everywhere before it signs anywhere.");
    }
    return next;
  }

  private Map<String, Member> joined(VerifyingKey key, long retires) {
    requireNonNull(key, "key");
    if (members.containsKey(key.kid())) {
      throw new IllegalArgumentException(
          "The ring has a key named '%s' already, so a token could not say which of the two it means. Give every key a name of its own."
              .formatted(key.kid()));
    }
    if (key.isSymmetric() != current.verifying().isSymmetric()) {
      throw new IllegalArgumentException(
          "Key '%s' (%s) would share a ring with '%s' (%s): one is a shared secret and one is public, and a public key must never be taken for a secret. Use two token services."
              .formatted(key.kid(), key.algorithm(), current.kid(), current.algorithm()));
    }
    members.values().forEach(other -> requireOneAlgorithm(key, other.key()));
    Map<String, Member> more = new LinkedHashMap<>(members);
    more.put(key.kid(), new Member(key, retires));
    return more;
  }

  private static void requireOneAlgorithm(VerifyingKey key, VerifyingKey other) {
    if (key.algorithm() != other.algorithm() && key.isSameKeyAs(other)) {
      throw new IllegalArgumentException(
          "Key '%s' (%s) is the very key that '%s' (%s) is, so a token could choose between two algorithms for it. A key has one: make another key."
              .formatted(key.kid(), key.algorithm(), other.kid(), other.algorithm()));
    }
  }

  private static void requireNotNegative(Duration rollout) {
    if (rollout.isNegative()) {
      throw new IllegalArgumentException(
          "rollout (%s) is negative. Pass the time within which every node signs with the next key, or zero if there is one node."
              .formatted(rollout));
    }
  }

  private static Map<String, Member> firstOf(SigningKey signer, Map<String, Member> members) {
    Map<String, Member> ordered = new LinkedHashMap<>();
    ordered.put(signer.kid(), requireNonNull(members.get(signer.kid())));
    members.forEach(ordered::putIfAbsent);
    return ordered;
  }
}
