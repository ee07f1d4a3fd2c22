package dev.statewise.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when the data of a server has lost no refusal, as far as this node has seen. It only moves
 * forward; whoever was created before is refused.
 */
final class Generation {

  /**
   * How long the server keeps it from when a list was last used: longer than a browser keeps a
   * cookie, so that nobody is logged out by its end.
   */
  static final Duration KEPT = Duration.ofDays(400);

  private static final Logger LOG = LoggerFactory.getLogger(RedisRevocationList.class);
  private static final long NONE = -1;

  private final ListSettings settings;
  private final AtomicLong known = new AtomicLong(NONE);

  Generation(ListSettings settings) {
    this.settings = settings;
  }

  /** In milliseconds; 0 if this node has seen none, and then nothing may be judged by it. */
  long since() {
    return Math.max(known.get(), 0);
  }

  void saw(long since) {
    long before = known.getAndAccumulate(since, Math::max);
    if (before != NONE && since > before) {
      LOG.warn(
          "Redis was restarted, replaced or wiped and may have lost refusals, so every session that was created before {} is refused and its user logs in again. If nothing was lost, assumingDurable() says so for a restart, and withAcknowledgementOf(...) for a failover.",
          Instant.ofEpochMilli(since));
    }
  }

  /**
   * What {@code generation.lua} is told, and after it what else a script is.
   *
   * @param look whether it must look who the server is
   */
  List<byte[]> arguments(boolean look, byte[]... more) {
    // What was refused and lost was stamped by a node whose clock may be ahead, or by a floor that
    // such a node set as far ahead of its own.
    Instant aheadOfAll = settings.clock().instant().plus(settings.clockSkew().multipliedBy(2));
    long next = Millis.ceiling(aheadOfAll) + 1;
    long first = settings.adopting().map(Millis::ceiling).orElse(next);
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(flag(look));
    arguments.add(text(next));
    arguments.add(text(first));
    arguments.add(text(known.get()));
    arguments.add(flag(settings.durable()));
    arguments.add(flag(settings.replicas() > 0));
    arguments.add(text(KEPT.toMillis()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static byte[] flag(boolean set) {
    return text(set ? 1 : 0);
  }

  static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
