package dev.statewise.benchmarks.experiment.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The largest header line that a server accepts, found by asking it.
 *
 * @param largestLine in bytes, name and CRLF included; empty if all were accepted that were tried
 * @param status of the answer to a line of a byte more; empty if the connection is closed without
 *     one
 * @param steady whether the same was found when both sides of the edge were tried again
 */
record HeaderLimit(OptionalInt largestLine, OptionalInt status, boolean steady) {

  /** Longer lines are not tried. */
  static final int MOST_TRIED = 4 << 20;

  private static final int BEGIN = 1_024;

  /** An answer that comes before a reset may be lost to it. */
  private static final int TRIES_FOR_STATUS = 3;

  /**
   * Finds the limit of the server that a probe asks.
   *
   * @param within after so long, or so soon after it as one request takes, it is given up
   * @throws IOException if it could not be asked, or not found in time
   */
  static HeaderLimit of(HeaderProbe probe, Duration within) throws IOException {
    Search search = new Search(probe, System.nanoTime() + within.toNanos());
    try {
      return search.limit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static final class Search {
    private final HeaderProbe probe;
    private final long deadline;

    Search(HeaderProbe probe, long deadline) {
      this.probe = probe;
      this.deadline = deadline;
    }

    HeaderLimit limit() {
      if (!accepts(HeaderProbe.LEAST_LINE)) {
        throw failed("refuses even a line of %d bytes".formatted(HeaderProbe.LEAST_LINE));
      }
      int refused = BEGIN;
      while (refused <= MOST_TRIED && accepts(refused)) {
        refused *= 2;
      }
      int accepted = refused == BEGIN ? HeaderProbe.LEAST_LINE : refused / 2;
      return refused > MOST_TRIED
          ? new HeaderLimit(OptionalInt.empty(), OptionalInt.empty(), true)
          : at(Edge.largest(accepted, refused, this::accepts));
    }

    private HeaderLimit at(int largest) {
      OptionalInt status = statusOf(largest + 1);
      boolean steady = accepts(largest) && !accepts(largest + 1) && !accepts(2 * largest);
      return new HeaderLimit(OptionalInt.of(largest), status, steady);
    }

    private OptionalInt statusOf(int lineBytes) {
      OptionalInt status = OptionalInt.empty();
      for (int i = 0; i < TRIES_FOR_STATUS && status.isEmpty(); i++) {
        status = ask(lineBytes).status();
      }
      return status;
    }

    private boolean accepts(int lineBytes) {
      return ask(lineBytes).accepted();
    }

    private HeaderProbe.Answer ask(int lineBytes) {
      if (System.nanoTime() > deadline) {
        throw failed("answers so slowly that no limit was found in time");
      }
      try {
        return probe.send(lineBytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static UncheckedIOException failed(String what) {
      return new UncheckedIOException(new IOException(what));
    }
  }
}
