package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * How far this node's clock is from the server's, which every node can be compared with. Of a few
 * answers the quickest counts, and the server is taken to have answered half way.
 */
final class ClockLook {

  private static final int ANSWERS = 3;

  private ClockLook() {}

  private record Offset(Duration ahead, Duration giveOrTake) {}

  static void at(Patient server) {
    Offset best = null;
    for (int i = 0; i < ANSWERS; i++) {
      Optional<Offset> next = ask(server);
      if (next.isPresent() && isBetter(next.get(), best)) {
        best = next.get();
      }
    }
    if (best == null) {
      server.note(Code.CLOCK_UNSEEN, "TIME is refused.");
      return;
    }
    Duration allowed = server.visit().scope().clockSkew();
    boolean off = best.ahead().abs().minus(best.giveOrTake()).compareTo(allowed) > 0;
    server.note(
        off ? Code.CLOCK_OFF : Code.CLOCK,
        "The server's clock is %d ms %s this node's, give or take %d ms; %d ms are allowed."
            .formatted(
                best.ahead().abs().toMillis(),
                best.ahead().isNegative() ? "behind" : "ahead of",
                best.giveOrTake().toMillis() + 1,
                allowed.toMillis()));
  }

  private static boolean isBetter(Offset next, @Nullable Offset best) {
    return best == null || next.giveOrTake().compareTo(best.giveOrTake()) < 0;
  }

  private static Optional<Offset> ask(Patient server) {
    long asked = server.visit().nanoTime();
    Instant here = server.visit().scope().clock().instant();
    Optional<Instant> there = server.ask(Command.TIME).flatMap(ClockLook::instant);
    Duration half = Duration.ofNanos((server.visit().nanoTime() - asked) / 2);
    return there.map(instant -> new Offset(Duration.between(here.plus(half), instant), half));
  }

  private static Optional<Instant> instant(Object reply) {
    if (!(reply instanceof List<?> parts) || parts.size() < 2) {
      return Optional.empty();
    }
    try {
      long micros = number(parts.get(1));
      return Optional.of(
          Instant.ofEpochSecond(number(parts.get(0)), TimeUnit.MICROSECONDS.toNanos(micros)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static long number(@Nullable Object part) {
    return part instanceof byte[] text
        ? Long.parseLong(new String(text, StandardCharsets.US_ASCII))
        : Long.parseLong(String.valueOf(part));
  }
}
