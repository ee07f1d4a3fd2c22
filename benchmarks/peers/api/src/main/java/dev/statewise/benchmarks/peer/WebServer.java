package dev.statewise.benchmarks.peer;

import java.io.IOException;

/**
 * Somebody else's HTTP server, in its defaults. Declared by its class name as {@link
 * java.util.ServiceLoader} has it; not started until it is asked to.
 */
public interface WebServer extends AutoCloseable {

  /** As reports call it. */
  String name();

  /** The version of its library, as that says itself. */
  String version();

  /**
   * Listens on loopback, and answers 200 to every request that it accepts.
   *
   * @return the port
   * @throws IOException if it does not start
   */
  int start() throws IOException;

  /** Stops listening. Does nothing if it was not started. */
  @Override
  void close();
}
