package dev.statewise.jwt;

import dev.statewise.spi.Verification;
import dev.statewise.spi.Verification.Verified;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified, by their whole text: one that is seen again costs a comparison and the
 * question whether it has ended meanwhile. What was refused is never here, and neither is any
 * opinion on whether a session was ended, which its front door asks each time.
 *
 * <p>A table of buckets of {@value #WAYS}. A token's bucket is chosen by the last characters of its
 * signature, which are as good as random already; all of its text is compared. A full bucket gives
 * up what has ended, else what was not seen since it was last asked. Nobody waits: a token whose
 * bucket is being written to is not kept this time.
 */
final class VerifiedTokens {

  /** How many characters a place stands for: a longer token takes the places of several. */
  static final int CHARS_A_PLACE = 1024;

  private static final int WAYS = 8;
  private static final int TAIL = 8;
  private static final int LOCKS = 64;

  private final int buckets;
  private final long[] tails;
  private final AtomicReferenceArray<Seen> places;
  private final AtomicIntegerArray locks = new AtomicIntegerArray(LOCKS);

  /**
   * @param tokens how many it keeps at most, rounded up to a power of two; 0 for none
   */
  VerifiedTokens(int tokens) {
    this.buckets = buckets((tokens + WAYS - 1) / WAYS);
    this.tails = new long[buckets * WAYS];
    this.places = new AtomicReferenceArray<>(buckets * WAYS);
  }

  /** How many tokens it keeps at most. */
  int size() {
    return tails.length;
  }

  /** A token that was verified, if it is still here. */
  @Nullable Seen find(String token) {
    if (buckets == 0 || token.length() < TAIL) {
      return null;
    }
    long tail = tail(token);
    int first = first(tail);
    for (int i = first; i < first + WAYS; i++) {
      if (tails[i] == tail) {
        Seen seen = places.get(i);
        if (seen != null && seen.token.equals(token)) {
          seen.touch();
          return seen;
        }
      }
    }
    return null;
  }

  /**
   * Keeps a token that was just verified at {@code now}, if there is nothing in the way.
   *
   * @param retires the second in which its key does
   */
  void keep(String token, Verified verified, Instant now, long retires) {
    if (buckets == 0) {
      return;
    }
    long tail = tail(token);
    int first = first(tail);
    int lock = first / WAYS & LOCKS - 1;
    if (locks.compareAndSet(lock, 0, 1)) {
      try {
        keep(new Seen(token, verified, retires), tail, first, now.getEpochSecond());
      } finally {
        locks.setRelease(lock, 0);
      }
    }
  }

  private void keep(Seen seen, long tail, int first, long now) {
    int room = WAYS * CHARS_A_PLACE - seen.token.length();
    for (int i = first; i < first + WAYS; i++) {
      Seen other = places.getPlain(i);
      if (other != null) {
        if (other.token.equals(seen.token)) {
          return;
        }
        room -= other.token.length();
      }
    }
    int place = place(first, now);
    room += chars(place);
    while (room < 0) {
      // A long token takes the places of others.
      int more = occupied(first, place);
      room += chars(more);
      places.set(more, null);
    }
    places.set(place, seen);
    tails[place] = tail;
  }

  /** An empty place, or that of what has ended, or that of what was not asked for lately. */
  private int place(int first, long now) {
    int place = -1;
    for (int i = first; i < first + WAYS; i++) {
      Seen other = places.getPlain(i);
      if (other == null || other.serves <= now) {
        return i;
      }
      if (!other.wasTouched() && (place < 0 || other.serves < places.getPlain(place).serves)) {
        place = i;
      }
    }
    if (place >= 0) {
      return place;
    }
    for (int i = first; i < first + WAYS; i++) {
      places.getPlain(i).forgetTouch();
    }
    return first + (int) (now & WAYS - 1);
  }

  private int occupied(int first, int except) {
    for (int i = first; i < first + WAYS; i++) {
      if (i != except && places.getPlain(i) != null) {
        return i;
      }
    }
    throw new IllegalStateException("A bucket has room for the longest token alone.");
  }

  private int chars(int place) {
    Seen seen = places.getPlain(place);
    return seen == null ? 0 : seen.token.length();
  }

  /** The next power of two. */
  private static int buckets(int least) {
    return least <= 1 ? least : Integer.highestOneBit(least - 1) * 2;
  }

  private int first(long tail) {
    int spread = (int) ((tail * 0x9E3779B97F4A7C15L) >>> 32);
    return (spread & buckets - 1) * WAYS;
  }

  /** The last characters of a token, all of them of its signature. */
  private static long tail(String token) {
    long tail = 0;
    int length = token.length();
    for (int i = length - TAIL; i < length; i++) {
      tail = tail << 8 | (token.charAt(i) & 0xFF);
    }
    return tail;
  }

  /** A token whose every check held but the time, which is asked for anew. */
  static final class Seen {
    private final String token;
    private final Verified verified;
    private final long retires;
    private final long serves;
    private boolean touched;

    Seen(String token, Verified verified, long retires) {
      this.token = token;
      this.verified = verified;
      this.retires = retires;
      this.serves = Math.min(retires, verified.session().endAsRead().getEpochSecond());
    }

    /** Null if its key has retired. */
    @Nullable Verification at(Instant now) {
      long second = now.getEpochSecond();
      if (second < serves) {
        return verified;
      }
      return second < retires ? new Verification.Expired(verified.session()) : null;
    }

    // Races between these three cost a good guess, and nothing else.
    private void touch() {
      if (!touched) {
        touched = true;
      }
    }

    private boolean wasTouched() {
      return touched;
    }

    private void forgetTouch() {
      touched = false;
    }
  }
}
