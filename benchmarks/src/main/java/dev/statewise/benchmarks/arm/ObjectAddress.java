package dev.statewise.benchmarks.arm;

import java.net.URI;

/**
 * A bucket of an S3 API that was started for a run, and possibly a detour on the way to it. It asks
 * for no credentials and is addressed in the path.
 */
public record ObjectAddress(URI endpoint, String bucket) {

  private static final String SEPARATOR = " ";

  /** The same bucket through a proxy. */
  public ObjectAddress through(String host, int port) {
    return new ObjectAddress(URI.create("http://%s:%d".formatted(host, port)), bucket);
  }

  /** As one text, which {@link #parse} reads. */
  public String text() {
    return endpoint + SEPARATOR + bucket;
  }

  /** The address in a text that {@link #text} gave. */
  public static ObjectAddress parse(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    return new ObjectAddress(URI.create(parts[0]), parts[1]);
  }
}
