package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** The ways in which a server can be away. */
enum Outage {
  STOPPED("SIGSTOP") {
    @Override
    Runnable begin(RedisServer server, TcpProxy proxy, Duration lasts) {
      server.pause();
      return server::resume;
    }
  },
  PAUSED("CLIENT PAUSE") {
    @Override
    Runnable begin(RedisServer server, TcpProxy proxy, Duration lasts) {
      try (RedisClient admin = Servers.admin(server)) {
        admin.executeCommand(
            new CommandArguments(Protocol.Command.CLIENT)
                .addObjects("PAUSE", Long.toString(lasts.toMillis()), "ALL"));
      }
      return () -> awaitAnswer(server);
    }
  },
  EXHAUSTED("slow server, pool exhausted") {
    @Override
    Runnable begin(RedisServer server, TcpProxy proxy, Duration lasts) {
      proxy.delay(Duration.ofMillis(80));
      return proxy::heal;
    }
  },
  RESET("connections reset every 10 ms") {
    @Override
    Runnable begin(RedisServer server, TcpProxy proxy, Duration lasts) {
      AtomicBoolean over = new AtomicBoolean();
      Thread cutting = new Thread(() -> cut(proxy, over), "statewise-chaos-cutter");
      cutting.setDaemon(true);
      cutting.start();
      return () -> end(cutting, over);
    }
  },
  HALF_OPEN("half-open connections, no new ones") {
    @Override
    Runnable begin(RedisServer server, TcpProxy proxy, Duration lasts) {
      proxy.blackhole();
      proxy.refuse();
      return proxy::heal;
    }
  },
  BLACKHOLE("connections open, nothing passes") {
    @Override
    Runnable begin(RedisServer server, TcpProxy proxy, Duration lasts) {
      proxy.blackhole();
      return proxy::heal;
    }
  };

  private static final long EVERY_NANOS = 10_000_000;

  private final String text;

  Outage(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Returns what ends it; by itself it ends after {@code lasts} or never. */
  abstract Runnable begin(RedisServer server, TcpProxy proxy, Duration lasts);

  private static void awaitAnswer(RedisServer server) {
    try (RedisClient admin = Servers.admin(server)) {
      admin.ping();
    }
  }

  private static void cut(TcpProxy proxy, AtomicBoolean over) {
    while (!over.get()) {
      proxy.cut();
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private static void end(Thread thread, AtomicBoolean over) {
    over.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The experiment was interrupted.", e);
    }
  }
}
