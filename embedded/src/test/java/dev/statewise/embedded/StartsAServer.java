package dev.statewise.embedded;

/** A program that starts a server, says so, and comes to one end or another without closing it. */
final class StartsAServer {
  private StartsAServer() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(startedPid(arguments[1]));
    switch (arguments[0]) {
      case "return" -> {}
      case "exit" -> System.exit(3);
      case "throw" -> throw new IllegalStateException("a test failed");
      case "halt" -> Runtime.getRuntime().halt(4);
      default -> Thread.currentThread().join(); // until it is killed
    }
  }

  private static long startedPid(String server) {
    return switch (server) {
      case "redis" -> RedisServer.start().pid();
      case "postgres" -> PostgresServer.start().pid();
      case "postgres-paused" -> {
        PostgresServer paused = PostgresServer.start();
        paused.pause();
        yield paused.pid();
      }
      case "mariadb" -> MariaDbServer.start().pid();
      default -> throw new IllegalArgumentException(server);
    };
  }
}
