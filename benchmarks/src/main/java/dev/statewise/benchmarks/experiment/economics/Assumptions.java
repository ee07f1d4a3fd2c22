package dev.statewise.benchmarks.experiment.economics;

import dev.statewise.benchmarks.run.Numbers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run cannot measure and a model needs: how many people there are, and how often they log
 * out. They stand among the params of whatever is derived of them.
 */
final class Assumptions {

  static final double LOGOUTS_A_DAY = 300_000;
  static final double ACTIVE_USERS = 100_000;
  static final double LIVE_SESSIONS = 1_000_000;

  /** How long a token lives, which is how long a session may idle. */
  static final List<Duration> LIVES =
      List.of(
          Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(24));

  static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  private Assumptions() {}

  /** As params spell them. */
  static Map<String, String> params(Duration life) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(Revocations.LIFE, text(life));
    params.put("logouts", Numbers.exact(LOGOUTS_A_DAY) + " a day");
    params.put("active", Numbers.exact(ACTIVE_USERS));
    params.put("sessions", Numbers.exact(LIVE_SESSIONS));
    return params;
  }

  static String text(Duration life) {
    return life.toHours() > 0 ? life.toHours() + " h" : life.toMinutes() + " min";
  }
}
