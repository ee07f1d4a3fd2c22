package dev.statewise.jwt;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Things that are costly to make and serve one thread at a time, kept for the next one: never more
 * than a fixed number, however many threads there are.
 *
 * <p>Nobody waits: a thread that finds none makes one, and what finds no room is dropped.
 */
final class Pool<T> {

  private static final int TRIES = 4;
  // As far apart as two cache lines: each core mostly has a place of its own.
  private static final int APART = 32;
  private static final int PLACES = places(Runtime.getRuntime().availableProcessors());

  private final AtomicReferenceArray<T> kept = new AtomicReferenceArray<>(PLACES * APART);
  private final Supplier<T> maker;

  Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  /** How many it keeps at most. */
  static int size() {
    return PLACES;
  }

  /** One that nobody else has until it is {@linkplain #give given} back. */
  T take() {
    for (int i = 0; i < TRIES; i++) {
      int place = place(i);
      if (kept.getPlain(place) != null) {
        T taken = kept.getAndSet(place, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return maker.get();
  }

  /** Gives back one that is as good as new; one that failed is not given back. */
  void give(T used) {
    for (int i = 0; i < TRIES; i++) {
      int place = place(i);
      if (kept.getPlain(place) == null) {
        // Two that find the same place empty leave one of the two there, which is as well.
        kept.setRelease(place, used);
        return;
      }
    }
  }

  private static int place(int attempt) {
    int thread = (int) Thread.currentThread().getId();
    return (thread + attempt & PLACES - 1) * APART;
  }

  private static int places(int processors) {
    return Integer.highestOneBit(Math.min(64, Math.max(2, processors))) * 4;
  }
}
