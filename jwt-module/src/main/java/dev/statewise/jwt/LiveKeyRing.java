package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key ring in use, which another takes the place of while the application runs. Services that
 * {@linkplain JwtTokenService#following follow} it need not be built anew.
 *
 * <pre>{@code
 * LiveKeyRing keys = LiveKeyRing.of(KeyRing.of(old).withNext(next));
 * Sessions sessions = StatelessSessions.over(JwtTokenService.following(keys, issuer, audience), policy);
 *
 * keys.update(ring -> ring.rotated(now, rollout, policy));   // when every node has the next key
 * keys.update(ring -> ring.without("2026-10"));              // at once: that key was stolen
 * }</pre>
 *
 * <p>When a change has returned, every issuing and every verification that begins is by the new
 * ring; tokens that were verified with a key that is no longer there are refused from then on. It
 * is this process alone that is changed: tell every node.
 *
 * <p>Safe for use by any number of threads.
 */
public final class LiveKeyRing {

  private static final Logger LOG = LoggerFactory.getLogger(LiveKeyRing.class);

  private final Object changing = new Object();
  private final int mostAroundPayload;
  private volatile KeyRing ring;

  private LiveKeyRing(KeyRing first) {
    this.ring = first;
    this.mostAroundPayload = mostAroundPayload(first);
  }

  /**
   * A live ring that begins with {@code first}. What services that follow it promise of the largest
   * state is reckoned with its current and its next key, whichever has the longer signature.
   */
  public static LiveKeyRing of(KeyRing first) {
    return new LiveKeyRing(requireNonNull(first, "first"));
  }

  /** The ring in use. */
  public KeyRing ring() {
    return ring;
  }

  /**
   * Makes {@code next} the ring in use, whatever the one before was.
   *
   * @throws IllegalArgumentException if its current or its next key has longer signatures than
   *     those of the ring that this began with; the ring in use stays
   */
  public void replace(KeyRing next) {
    requireNonNull(next, "next");
    update(any -> next);
  }

  /**
   * Makes what {@code change} returns of the ring in use the ring in use, in one step: of two
   * changes at once, one is made of what the other left.
   *
   * @param change applied once, while other changes wait: it must not
   * @return the ring in use now
   * @throws IllegalArgumentException as {@link #replace}; also whatever {@code change} throws. The
   *     ring in use stays
   * @throws IllegalStateException to a {@code change} that itself calls {@link #update} or {@link
   *     #replace} of this ring: what it returned would undo that
   */
  public KeyRing update(UnaryOperator<KeyRing> change) {
    requireNonNull(change, "change");
    KeyRing before;
    KeyRing after;
    requireNoChangeOfThisThread();
    synchronized (changing) {
      before = ring;
      after = requireRoom(requireNonNull(change.apply(before), "the changed ring"));
      ring = after;
    }
    LOG.info("The key ring in use is {}; before it was {}.", after, before);
    ProviderNote.logNew(after, before);
    return after;
  }

  /** How many characters of a token are not its payload, with any ring that may come. */
  int mostAroundPayload() {
    return mostAroundPayload;
  }

  /** The names of the keys; no key material. */
  @Override
  public String toString() {
    return "Live" + ring;
  }

  private void requireNoChangeOfThisThread() {
    if (Thread.holdsLock(changing)) {
      throw new IllegalStateException(
          "A change of the ring tried to change the ring in use, which what it returns would undo. Nothing was changed. Return the ring that you want, or make one change after the other.");
    }
  }

  private KeyRing requireRoom(KeyRing next) {
    int around = mostAroundPayload(next);
    if (around > mostAroundPayload) {
      throw new IllegalArgumentException(
          "A key of %s makes signatures that are %d characters longer than those of the ring that the services began with, so they could not keep what they promised of the largest state. The ring in use stays: start the nodes anew with this one, one by one."
              .formatted(next, around - mostAroundPayload));
    }
    return next;
  }

  private static int mostAroundPayload(KeyRing ring) {
    return ring.signers()
        .mapToInt(key -> OwnTokens.mostAroundPayload(key.verifying()))
        .max()
        .orElseThrow();
  }
}
