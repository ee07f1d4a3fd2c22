package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** F20: a node is killed, at any moment, while it opens, saves, rotates and ends sessions. */
@Chaos
class F20KilledNodeTest {

  private static final int KILLS = Scale.of(4, 100, 1_000);
  private static final int LANES = 2;
  private static final long SHORTEST_NANOS = 5_000_000;
  private static final long LONGEST_NANOS = 250_000_000;

  @Test
  @DisplayName("F20 a node that is killed MUST leave no half state, and undo nothing it was told")
  void killed() {
    AtomicInteger kills = new AtomicInteger();
    Progress progress = new Progress("F20");
    try (RedisServer server = Servers.start();
        RedisClient admin = Servers.admin(server)) {
      List<Remains> remains =
          Threads.together(
              LANES,
              lane -> {
                Remains found = new Remains(server, admin, "lane-" + lane + ":");
                while (kills.incrementAndGet() <= KILLS) {
                  found.examine(said(server, "lane-" + lane + ":"));
                  progress.at(kills.get(), KILLS, "kills");
                }
                return found;
              });
      Remains all = remains.get(0).and(remains.get(1));
      Ledger.judge(
          Outcome.of("F20", "kill -9 of a node at work", "single Redis, store and list")
              .tried(KILLS, "kills")
              .lost(all.losses(), "half states, keys without an end, answers undone")
              .note("%s", all));
    }
  }

  /** What a node said until it was killed. */
  private static List<String> said(RedisServer server, String prefix) {
    try {
      Process node =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx64m",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  KilledNode.class.getName(),
                  server.uri().toString(),
                  prefix)
              .redirectError(Redirect.DISCARD)
              .start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(node.getInputStream(), StandardCharsets.US_ASCII))) {
        String first = lines.readLine();
        if (first == null) {
          throw new AssertionError("The node ended before it did anything.");
        }
        Thread killer = killedSoon(node);
        List<String> said = lines.lines().toList();
        killer.join();
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), said.stream())
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The experiment was interrupted.", e);
    }
  }

  private static Thread killedSoon(Process node) {
    Thread killer =
        new Thread(
            () -> {
              LockSupport.parkNanos(
                  ThreadLocalRandom.current().nextLong(SHORTEST_NANOS, LONGEST_NANOS));
              node.toHandle()
                  .destroyForcibly(); // unlike node's own it leaves what was said to be read
            },
            "statewise-chaos-killer");
    killer.start();
    return killer;
  }
}
