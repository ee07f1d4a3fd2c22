package dev.statewise.benchmarks.jmh;

import dev.statewise.benchmarks.arm.ObjectAddress;
import dev.statewise.benchmarks.arm.PostgresAddress;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.embedded.PostgresServer;
import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.S3Server;
import java.util.Optional;

/** The server that a fork of JMH asks, started in that fork and ended with it. */
final class ServersForFork implements AutoCloseable {

  private static final String BUCKET = "sessions";
  private static final ServersForFork NONE = new ServersForFork(Servers.NONE, () -> {});

  private final Servers servers;
  private final Runnable stop;

  private ServersForFork(Servers servers, Runnable stop) {
    this.servers = servers;
    this.stop = stop;
  }

  /** Starts one of that kind, if one is needed. */
  static ServersForFork with(Optional<Server> needed) {
    return needed.map(ServersForFork::start).orElse(NONE);
  }

  private static ServersForFork start(Server server) {
    return switch (server) {
      case REDIS -> redis(RedisServer.start());
      case POSTGRES -> postgres(PostgresServer.start());
      case S3 -> objects(S3Server.start());
    };
  }

  private static ServersForFork redis(RedisServer server) {
    return new ServersForFork(Servers.of(RedisAddress.of(server.uri())), server::close);
  }

  private static ServersForFork postgres(PostgresServer server) {
    PostgresAddress address = new PostgresAddress(server.host(), server.port(), server.user());
    return new ServersForFork(
        new Servers(Optional.empty(), Optional.of(address), Optional.empty()), server::close);
  }

  private static ServersForFork objects(S3Server server) {
    ObjectAddress address = new ObjectAddress(server.endpoint(), server.createBucket(BUCKET));
    return new ServersForFork(
        new Servers(Optional.empty(), Optional.empty(), Optional.of(address)), server::close);
  }

  Servers servers() {
    return servers;
  }

  @Override
  public void close() {
    stop.run();
  }
}
