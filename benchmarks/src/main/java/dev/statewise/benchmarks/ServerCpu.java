package dev.statewise.benchmarks;

import dev.statewise.benchmarks.arm.PostgresAddress;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.arm.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import redis.clients.jedis.Jedis;

/**
 * The CPU time that servers have used, in microseconds: of Redis as {@code INFO cpu} says, of
 * PostgreSQL as the system says of the processes that it has when this is built, where the system
 * is Linux. NaN if it cannot be told. Of what stands in for object storage nobody asks it.
 */
final class ServerCpu implements AutoCloseable {

  private static final double NANOS_PER_MICRO = 1_000;

  private final Map<Server, DoubleSupplier> suppliers = new HashMap<>();
  private final List<Jedis> connections = new ArrayList<>();

  /**
   * @param servers whose connections are open already, if they are a process each
   */
  ServerCpu(Servers servers) {
    servers.redis().ifPresent(address -> suppliers.put(Server.REDIS, ofRedis(address)));
    servers.postgres().ifPresent(address -> suppliers.put(Server.POSTGRES, ofPostgres(address)));
  }

  /** What to ask around each slice of an arm; nothing of an arm that is not in it. */
  Map<String, DoubleSupplier> of(Map<String, Server> onServer) {
    Map<String, DoubleSupplier> asked = new HashMap<>();
    onServer.forEach(
        (arm, server) -> {
          DoubleSupplier supplier = suppliers.get(server);
          if (supplier != null) {
            asked.put(arm, supplier);
          }
        });
    return asked;
  }

  private DoubleSupplier ofRedis(RedisAddress address) {
    Jedis admin = address.admin();
    connections.add(admin);
    return () -> {
      String info = admin.info("cpu");
      return (seconds(info, "used_cpu_sys") + seconds(info, "used_cpu_user")) * 1e6;
    };
  }

  private static double seconds(String info, String field) {
    return info.lines()
        .filter(line -> line.startsWith(field + ":"))
        .mapToDouble(line -> Double.parseDouble(line.substring(field.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static DoubleSupplier ofPostgres(PostgresAddress address) {
    List<Path> processes = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(address.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                // A worker of autovacuum ends when it likes, and no sum can be taken then.
                "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker'")) {
      while (rows.next()) {
        processes.add(Path.of("/proc", rows.getString(1), "schedstat"));
      }
    } catch (SQLException e) {
      return () -> Double.NaN;
    }
    return () -> processes.stream().mapToDouble(ServerCpu::ofProcess).sum();
  }

  /** The first number: nanoseconds on a processor. */
  private static double ofProcess(Path schedstat) {
    try {
      return Long.parseLong(Files.readString(schedstat).split(" ", -1)[0]) / NANOS_PER_MICRO;
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    }
  }

  @Override
  public void close() {
    connections.forEach(Jedis::close);
  }
}
