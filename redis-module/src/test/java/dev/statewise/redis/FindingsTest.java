package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Session;
import dev.statewise.spi.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Who is told of what is amiss, and how often. */
class FindingsTest {

  private final List<String> told = new ArrayList<>();
  private final HandTicker ticker = new HandTicker();

  @Test
  @DisplayName("each damaged or swapped value MUST be told, with its key and without its bytes")
  void valuesAreTold() {
    String prefix = SharedRedis.newPrefix();
    Session session = Samples.session();
    Session other = Samples.session();
    byte[] key = new KeySpace(prefix).session(session.key());
    try (RedisClient client = SharedRedis.patient().open();
        RedisSessionStore store =
            RedisSessionStore.connect(SharedRedis.patient())
                .withFindings(told::add)
                .withKeyPrefix(prefix)
                .withMaxStateBytes(1000)) {
      store.create(other);
      client.set(key, client.get(new KeySpace(prefix).session(other.key())), hour());
      assertThat(store.find(session.key())).isEmpty();
      client.set(key, new byte[] {1, 'm', 'i', 'n', 'e'}, hour());
      assertThat(store.find(session.key())).isEmpty();
    }

    assertThat(told)
        .hasSize(2)
        .allMatch(finding -> finding.contains(session.key().text()))
        .noneMatch(finding -> finding.contains("mine"));
  }

  @Test
  @DisplayName("an exception of who is told MUST change nothing, and be logged by its class")
  void throwing() {
    Findings findings =
        new Findings(
            RedisSessionStore.LOG::warn,
            finding -> {
              told.add(finding);
              throw new IllegalStateException("quoting " + finding);
            },
            ticker);

    try (CapturedLog log = CapturedLog.open()) {
      findings.tell("one");
      findings.tell("two");

      assertThat(told).containsExactly("one", "two");
      assertThat(log.text())
          .contains("one Who was told of it threw java.lang.IllegalStateException;")
          .doesNotContain("quoting");
    }
  }

  @Test
  @DisplayName("the log MUST have one line a second, with the number of those left out")
  void log() {
    try (CapturedLog log = CapturedLog.open()) {
      Findings findings = new Findings(RedisSessionStore.LOG::warn, told::add, ticker);

      findings.tell("first");
      findings.tell("second");
      ticker.advance(Duration.ofSeconds(1).minusNanos(1));
      findings.tell("third");
      ticker.advance(Duration.ofNanos(1));
      findings.tell("fourth");

      assertThat(told).containsExactly("first", "second", "third", "fourth");
      assertThat(log.text())
          .contains("first Left out since the last such line: 0.")
          .contains("fourth Left out since the last such line: 2.")
          .doesNotContain("second")
          .doesNotContain("third");
    }
  }

  private static SetParams hour() {
    return SetParams.setParams().ex(3600);
  }
}
