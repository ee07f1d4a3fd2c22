package dev.statewise.embedded;

/** A program that starts a server, says so, and comes to one end or another without closing it. */
final class StartsAServer {
  private StartsAServer() {}

  public static void main(String[] arguments) throws Exception {
    RedisServer server = RedisServer.start();
    System.out.println(server.pid());
    switch (arguments[0]) {
      case "return" -> {}
      case "exit" -> System.exit(3);
      case "throw" -> throw new IllegalStateException("a test failed");
      case "halt" -> Runtime.getRuntime().halt(4);
      default -> Thread.currentThread().join(); // until it is killed
    }
  }
}
