package dev.statewise.jwt.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link RotatingNode} as its clients see it. */
final class RemoteNode implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final Step step;
  private final long skew;
  private final Process process;
  private final URI uri;

  private RemoteNode(Step step, long skew, Process process, int port) {
    this.step = step;
    this.skew = skew;
    this.process = process;
    this.uri = URI.create("http://127.0.0.1:" + port + "/");
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param skew by how many milliseconds its clock is ahead of the others
   * @param keys for each lane a line: the name and the text of the old key and of the next
   */
  static RemoteNode start(Step step, long skew, long offset, List<String> keys) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xshare:auto",
                  "-Xmx64m",
                  "-Dsun.net.httpserver.nodelay=true",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  RotatingNode.class.getName())
              .redirectError(Redirect.INHERIT)
              .start();
      Writer tell = process.outputWriter(StandardCharsets.US_ASCII);
      tell.write(offset + skew + "\n" + step + "\n" + String.join("\n", keys) + "\n");
      tell.flush();
      String port =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      if (port == null) {
        throw new AssertionError("A node ended before it served: see what it said.");
      }
      return new RemoteNode(step, skew, process, Integer.parseInt(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it answers. */
  record Answer(int status, String body) {}

  Step step() {
    return step;
  }

  Answer open(Lane lane, String subject) throws IOException {
    return post("open/" + lane, subject);
  }

  Answer validate(Lane lane, String token) throws IOException {
    return post("validate/" + lane, token);
  }

  void setClock(long offset) {
    try {
      post("clock", Long.toString(offset + skew));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer post(String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body, StandardCharsets.US_ASCII))
            .build();
    try {
      HttpResponse<String> response =
          HTTP.send(request, BodyHandlers.ofString(StandardCharsets.US_ASCII));
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
