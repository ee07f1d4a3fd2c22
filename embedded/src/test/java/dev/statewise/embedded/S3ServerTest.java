package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class S3ServerTest {
  private static final int ROUNDS = 40;
  private static final int WRITERS = 8;

  private static S3Server server;
  private static final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    server = S3Server.start();
    server.createBucket("bucket");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void heal() {
    server.heal();
  }

  @Test
  @DisplayName("a conditional write MUST be answered as S3 does")
  void answersAsS3Does() throws Exception {
    HttpResponse<byte[]> created = put("one", "v1", "If-None-Match", "*");
    String tag = created.headers().firstValue("etag").orElseThrow();

    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(put("one", "v2", "If-None-Match", "*").statusCode()).isEqualTo(412);
    assertThat(put("one", "v2", "If-Match", tag).statusCode()).isEqualTo(200);
    assertThat(put("one", "v3", "If-Match", tag).statusCode()).isEqualTo(412);
    assertThat(put("none", "v1", "If-Match", tag).statusCode()).isEqualTo(404);
    assertThat(get("one").body()).isEqualTo("v2".getBytes(UTF_8));
    assertThat(ask(at("one").DELETE()).statusCode()).isEqualTo(204);
    assertThat(get("one").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("of racing writes with one If-Match exactly one MUST be answered with 200")
  void isAtomic() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String key = "raced-" + round;
        String tag =
            put(key, "v0", "If-None-Match", "*").headers().firstValue("etag").orElseThrow();
        List<Future<Integer>> answers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          String value = "v" + round + "-" + writer;
          answers.add(writers.submit(() -> put(key, value, "If-Match", tag).statusCode()));
        }
        int won = 0;
        for (Future<Integer> answer : answers) {
          won += answer.get() == 200 ? 1 : 0;
        }
        assertThat(won).as("winners of round %d", round).isEqualTo(1);
      }
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  @DisplayName("ten megabytes MUST come back as they were sent, whole and in part")
  void largeBodies() throws Exception {
    String large = "0123456789".repeat(1 << 20);

    put("large", large, "x-amz-meta-a", "b");

    assertThat(get("large").body()).isEqualTo(large.getBytes(UTF_8));
    HttpResponse<byte[]> part = ask(at("large").header("Range", "bytes=5-14").GET());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("5678901234".getBytes(UTF_8));
    HttpResponse<byte[]> head = ask(at("large").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(large.length());
    assertThat(head.headers().firstValue("x-amz-meta-a")).hasValue("b");
  }

  @Test
  @DisplayName("a write whose reply is lost MUST be applied, and its connection cut")
  void losesAReply() throws Exception {
    server.loseNextReply();

    get("lost");
    assertThatThrownBy(() -> put("lost", "v1", "If-None-Match", "*"))
        .isInstanceOf(IOException.class);

    assertThat(get("lost").body()).isEqualTo("v1".getBytes(UTF_8));
  }

  @Test
  @DisplayName("an answer in the server's stead MUST be given once, and nothing applied")
  void answersInstead() throws Exception {
    server.answerNext("PUT", 503, "SlowDown");

    HttpResponse<byte[]> refused = put("instead", "v1", "If-None-Match", "*");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(new String(refused.body(), UTF_8)).contains("<Code>SlowDown</Code>");
    assertThat(get("instead").statusCode()).isEqualTo(404);
    assertThat(put("instead", "v1", "If-None-Match", "*").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("requests MUST be counted by their method, and late by the delay")
  void countsAndDelays() throws Exception {
    S3Requests before = server.requests();
    server.delay(Duration.ofMillis(50));
    long begun = System.nanoTime();

    put("counted", "v1", "If-None-Match", "*");
    get("counted");
    ask(at("counted").method("HEAD", BodyPublishers.noBody()));
    ask(at("counted").DELETE());
    ask(at("counted").POST(BodyPublishers.noBody()));

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(250));
    assertThat(server.requests().minus(before)).isEqualTo(new S3Requests(1, 1, 1, 1, 1));
    assertThat(server.requests().minus(before).total()).isEqualTo(5);
  }

  @Test
  @DisplayName("what touches several objects at once MUST be refused")
  void refusesWhatItCannotMakeAtomic() throws Exception {
    put("source", "v1", "If-None-Match", "*");

    assertThat(put("copy", "", "x-amz-copy-source", "/bucket/source").statusCode()).isEqualTo(501);
    assertThat(ask(at("?delete").POST(BodyPublishers.ofString("<Delete/>"))).statusCode())
        .isEqualTo(501);
  }

  @Test
  @DisplayName("a bucket that keeps versions MUST refuse a conditional write where one was deleted")
  void versions() throws Exception {
    server.keepVersions(server.createBucket("versioned"));
    URI object = server.endpoint().resolve("/versioned/one");
    String tag = put(object, "v1", "If-None-Match", "*").headers().firstValue("etag").orElseThrow();

    ask(HttpRequest.newBuilder(object).DELETE());

    assertThat(put(object, "v2", "If-Match", tag).statusCode()).isIn(404, 412);
    assertThat(ask(HttpRequest.newBuilder(object)).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("a server that was closed MUST NOT listen any more")
  void closes() {
    S3Server closed = S3Server.start();
    URI front = closed.endpoint();
    URI bare = closed.bareEndpoint();

    closed.close();

    assertThatThrownBy(() -> ask(HttpRequest.newBuilder(front)))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> ask(HttpRequest.newBuilder(bare)))
        .isInstanceOf(ConnectException.class);
  }

  private static HttpResponse<byte[]> put(String key, String body, String header, String value)
      throws Exception {
    return put(server.endpoint().resolve("/bucket/" + key), body, header, value);
  }

  private static HttpResponse<byte[]> put(URI object, String body, String header, String value)
      throws Exception {
    return ask(
        HttpRequest.newBuilder(object).header(header, value).PUT(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<byte[]> get(String key) throws Exception {
    return ask(at(key).GET());
  }

  private static HttpRequest.Builder at(String key) {
    return HttpRequest.newBuilder(server.endpoint().resolve("/bucket/" + key));
  }

  private static HttpResponse<byte[]> ask(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }
}
