package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.tck.KeepingList.Keeping;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One server beneath a store or list for each rule of S10 and R9, that breaks it. */
final class KeepingBreakers {

  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
  private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);
  private static final Instant IN_2010 = Instant.parse("2010-01-01T00:00:00Z");

  private KeepingBreakers() {}

  static List<Breaker<StoreWorld>> store() {
    return List.of(
        on(
                "S10.1",
                "drops everything four seconds after it was written",
                new KeepingServer() {
                  @Override
                  Duration timeToLive(Session session) {
                    return FOUR_SECONDS;
                  }
                })
            .alsoBreaking("S10.2", "S10.3", "S10.4", "S10.5"),
        on(
            "S10.2",
            "takes 2001 for long ago",
            new KeepingServer() {
              @Override
              Duration timeToLive(Session session) {
                return session.createdAt().isBefore(IN_2010)
                    ? Duration.ZERO
                    : super.timeToLive(session);
              }
            }),
        on(
            "S10.3",
            "counts the time to live in an int of milliseconds",
            new KeepingServer() {
              @Override
              @SuppressWarnings("UnnecessaryLongToIntConversion") // the int is what breaks it
              Duration timeToLive(Session session) {
                return Duration.ofMillis((int) super.timeToLive(session).toMillis());
              }
            }),
        on(
            "S10.4",
            "leaves the time to live alone when a session is saved",
            new KeepingServer() {
              @Override
              Duration timeToLive(Session session) {
                return session.version() > 1 ? Duration.ofMinutes(1) : super.timeToLive(session);
              }
            }),
        on(
            "S10.5",
            "leaves the time to live alone when a session is touched",
            new KeepingServer() {
              @Override
              boolean isKeptAnew(Session before, Session now) {
                return before.version() != now.version();
              }
            }),
        on(
            "S10.6",
            "saves without a time to live",
            new KeepingServer() {
              @Override
              Duration timeToLive(Session session) {
                return session.version() > 1 ? FOREVER : super.timeToLive(session);
              }
            }));
  }

  static List<Breaker<ListWorld>> list() {
    return List.of(
        keeping(
                "R9.1",
                "drops the floor of a session after four seconds",
                (floor, before, asked) ->
                    floor instanceof SessionKey ? FOUR_SECONDS : later(floor, before, asked))
            .alsoBreaking("R9.4", "R9.5", "R9.6"),
        keeping(
                "R9.2",
                "drops the floor of a subject after four seconds",
                (floor, before, asked) ->
                    floor.toString().startsWith("of ") ? FOUR_SECONDS : later(floor, before, asked))
            .alsoBreaking("R9.4", "R9.5", "R9.6"),
        keeping(
            "R9.3",
            "drops the floor of all after four seconds",
            (floor, before, asked) ->
                floor.equals(KeepingList.ALL) ? FOUR_SECONDS : later(floor, before, asked)),
        keeping(
            "R9.4",
            "keeps a floor as long as it was first to be kept",
            (floor, before, asked) -> before.isZero() ? asked : before),
        keeping(
                "R9.5",
                "keeps a floor as long as it was last told to",
                (floor, before, asked) -> asked)
            .alsoBreaking("R9.6"),
        keeping(
            "R9.6",
            "drops what the node that asks takes for over",
            (floor, before, asked) ->
                asked.isNegative() ? Duration.ZERO : later(floor, before, asked)),
        keeping(
            "R9.7",
            "raises a floor without a time to live",
            (floor, before, asked) -> before.isZero() ? asked : FOREVER));
  }

  private static Duration later(Object floor, Duration before, Duration asked) {
    return Keeping.TO_THE_LATER.from(floor, before, asked);
  }

  private static Breaker<StoreWorld> on(String rule, String does, KeepingServer server) {
    return Breaker.of(rule, does, () -> new StoreWorld(server));
  }

  private static Breaker<ListWorld> keeping(String rule, String does, Keeping keeping) {
    return Breaker.of(rule, does, () -> new ListWorld(keeping));
  }
}
