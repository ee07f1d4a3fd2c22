package dev.statewise.benchmarks.arm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.embedded.PostgresServer;
import dev.statewise.embedded.S3Server;
import java.util.Optional;

/**
 * The real server that an arm asks, for a test that ends with it.
 *
 * @param stop ends it
 */
public record StartedServers(Servers servers, Runnable stop) implements AutoCloseable {

  /** Skips the test where there is none for this system. */
  public static StartedServers forArm(String arm) {
    return arm.startsWith("object-") ? s3() : postgres();
  }

  private static StartedServers postgres() {
    assumeTrue(
        PostgresServer.whyUnavailable().isEmpty(),
        () -> PostgresServer.whyUnavailable().orElse(""));
    PostgresServer server = PostgresServer.start();
    PostgresAddress address = new PostgresAddress(server.host(), server.port(), server.user());
    return new StartedServers(
        new Servers(Optional.empty(), Optional.of(address), Optional.empty()), server::close);
  }

  private static StartedServers s3() {
    S3Server server = S3Server.start();
    ObjectAddress address = new ObjectAddress(server.endpoint(), server.createBucket("test"));
    return new StartedServers(
        new Servers(Optional.empty(), Optional.empty(), Optional.of(address)), server::close);
  }

  @Override
  public void close() {
    stop.run();
  }
}
