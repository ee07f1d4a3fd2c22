package dev.statewise.benchmarks.peer.vertx;

import dev.statewise.benchmarks.peer.PeerServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Vert.x' client for Redis, in its defaults. */
final class VertxRedis {

  private static final long LONG_AGO = 1;

  private VertxRedis() {}

  static RedisOptions options(PeerServer server) {
    RedisOptions options =
        new RedisOptions()
            .setConnectionString(
                "redis://%s:%d/%d".formatted(server.host(), server.port(), server.database()));
    if (server.user() != null) {
      options.setUser(server.user());
    }
    if (server.password() != null) {
      options.setPassword(server.password());
    }
    return options;
  }

  static Future<Response> expire(Redis redis, String key) {
    return redis.send(Request.cmd(Command.PEXPIREAT).arg(key).arg(LONG_AGO));
  }
}
