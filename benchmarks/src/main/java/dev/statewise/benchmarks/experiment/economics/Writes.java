package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What so many requests of one session asked of a store.
 *
 * @param writing how many of them changed what is stored
 * @param mostTooEarly the most by which the session would have ended too early, in seconds
 */
record Writes(int requests, int writing, Meter.Reading asked, double mostTooEarly) {

  /** Values are for so many requests. */
  static final int PER = 1_000;

  private static final String UNIT = " per 1,000 requests";

  /** Asks so often, at the pace that it keeps. */
  static Writes of(Sliding session, Meter meter, int requests) {
    Meter.Reading first = meter.read();
    Meter.Reading latest = first;
    int writing = 0;
    double mostTooEarly = 0;
    for (int i = 0; i < requests; i++) {
      session.request();
      Meter.Reading now = meter.read();
      if (now.writes() < latest.writes()) {
        throw new IllegalStateException(
            "the server saved a snapshot meanwhile, and counts its changes anew");
      }
      writing += now.writes() > latest.writes() ? 1 : 0;
      latest = now;
      mostTooEarly = Math.max(mostTooEarly, session.endsTooEarlyBy());
    }
    return new Writes(requests, writing, latest.minus(first), mostTooEarly);
  }

  /**
   * @param whyNoWrites why its writes are not those of its requests, if they are not
   * @param whyNoTraffic why what it asks is not that of its requests, if it is not
   */
  List<Metric> metrics(Optional<String> whyNoWrites, Optional<String> whyNoTraffic) {
    return List.of(
        metric(Kind.WRITING, writing, whyNoWrites),
        metric(Kind.COMMANDS, asked.traffic().commands(), whyNoTraffic),
        metric(Kind.WRITES, asked.writes(), whyNoWrites),
        metric(Kind.TO_STORE, asked.traffic().bytesToServer(), whyNoTraffic),
        metric(Kind.FROM_STORE, asked.traffic().bytesFromServer(), whyNoTraffic));
  }

  static List<Metric> absent(String why) {
    return Stream.of(Kind.values()).map(kind -> kind.absent(why)).toList();
  }

  private Metric metric(Kind kind, long count, Optional<String> whyNot) {
    double value = (double) count * PER / requests;
    return whyNot
        .map(kind::absent)
        .orElseGet(
            () ->
                new Metric(
                    kind.metric, kind.unit(), Evidence.COUNT, value, value, value, requests, null));
  }

  /** What is counted. */
  private enum Kind {
    WRITING(SlidingExpiry.WRITING, "requests"),
    COMMANDS("commands", "commands"),
    WRITES("writes", "writes"),
    TO_STORE("bytesToStore", "B"),
    FROM_STORE("bytesFromStore", "B");

    private final String metric;
    private final String counted;

    Kind(String metric, String counted) {
      this.metric = metric;
      this.counted = counted;
    }

    private String unit() {
      return counted + UNIT;
    }

    private Metric absent(String why) {
      return Metric.absent(metric, unit(), Evidence.COUNT, why);
    }
  }
}
