package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.statewise.embedded.S3Requests;
import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** What a verb costs: in requests, as the server counts them, and in bytes that are allocated. */
class ObjectCostsTest {

  private static final int LARGE = 10_000_000;
  private static final Instant LATER = Samples.NOW.plusSeconds(60);
  private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static S3Client client;

  private final String prefix = SharedS3.newPrefix();
  private ObjectSessionStore store;

  @BeforeAll
  static void connect() {
    client = SharedS3.unchunked();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @BeforeEach
  void open() {
    store = ObjectSessionStore.untried(client, SharedS3.BUCKET, prefix);
  }

  @Test
  @DisplayName("each verb MUST cost the requests that the guide says")
  void requests() {
    Session session = Samples.session();
    Session next = session.next(LATER);

    assertCosts(requests(0, 1, 0), true, () -> store.create(session));
    assertCosts(requests(1, 1, 0), true, () -> store.create(session));
    assertCosts(requests(1, 0, 0), session, () -> store.find(session.key()).orElseThrow());
    assertCosts(
        requests(1, 1, 0), true, () -> store.touch(session.key(), Samples.NOW.plusMillis(1)));
    assertCosts(requests(1, 0, 0), true, () -> store.touch(session.key(), Samples.NOW));
    assertCosts(requests(1, 1, 0), ReplaceResult.REPLACED, () -> store.replace(next));
    assertCosts(requests(1, 0, 0), ReplaceResult.CONFLICT, () -> store.replace(next));
    assertCosts(requests(1, 0, 1), true, () -> store.delete(session.key()));
    assertCosts(requests(1, 0, 0), false, () -> store.delete(session.key()));
    assertCosts(requests(1, 0, 0), ReplaceResult.GONE, () -> store.replace(next.next(LATER)));
    assertCosts(requests(1, 0, 0), false, () -> store.touch(session.key(), LATER));
    assertCosts(requests(1, 0, 0), true, () -> store.find(session.key()).isEmpty());
  }

  @Test
  @DisplayName("a touch that came between MUST cost a save two more requests, and no conflict")
  void overtakenByATouch() {
    Session session = Samples.session();
    store.create(session);
    try (S3Client overtaken =
        SharedS3.client(
            SharedS3.server().endpoint(),
            1,
            new Between("PutObject", () -> store.touch(session.key(), LATER)))) {
      ObjectSessionStore late = ObjectSessionStore.untried(overtaken, SharedS3.BUCKET, prefix);

      assertCosts(
          requests(3, 3, 0), // of which the touch takes one each
          ReplaceResult.REPLACED,
          () -> late.replace(session.with("cart", "43").next(Samples.NOW.plusSeconds(1))));
    }
    assertThat(store.find(session.key()))
        .contains(session.with("cart", "43").next(Samples.NOW).seenAt(LATER));
  }

  @Test
  @DisplayName("the trial of a bucket MUST cost six requests, and leave nothing behind")
  void trial() {
    S3Requests before = SharedS3.server().requests();

    ObjectSessionStore.over(client, SharedS3.BUCKET, prefix).close();

    assertThat(SharedS3.server().requests().minus(before)).isEqualTo(new S3Requests(1, 0, 4, 1, 0));
    assertThat(client.listObjectsV2(all -> all.bucket(SharedS3.BUCKET).prefix(prefix)).contents())
        .isEmpty();
  }

  @Test
  @DisplayName("writing a state of 10 MB MUST take no second copy of it in memory")
  void writing() {
    Session session = Samples.session(Map.of("large", "x".repeat(LARGE)));
    Session next = session.with("cart", "43").next(LATER);
    warmUp();

    long created = allocated(() -> store.create(session));
    long replaced = allocated(() -> store.replace(next));

    System.out.printf("10 MB: create allocates %,d bytes, replace %,d%n", created, replaced);
    assertThat(created).isLessThan(LARGE / 4);
    assertThat(replaced).isLessThan(LARGE / 4);
    assertThat(store.find(session.key())).contains(next);
  }

  @Test
  @DisplayName(
      "reading a state of 10 MB MUST take the texts, and of a long one its bytes once more")
  void reading() {
    Session oneText = Samples.session(Map.of("large", "x".repeat(LARGE)));
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < LARGE / 5_000; i++) {
      attributes.put("name" + i, "x".repeat(5_000));
    }
    Session manyTexts = Samples.session(attributes);
    store.create(oneText);
    store.create(manyTexts);
    warmUp();

    long one = allocated(() -> assertThat(store.find(oneText.key())).isPresent());
    long many = allocated(() -> assertThat(store.find(manyTexts.key())).isPresent());
    long touched = allocated(() -> store.touch(oneText.key(), LATER));

    System.out.printf(
        "10 MB: find allocates %,d bytes for one text, %,d for many, touch %,d%n",
        one, many, touched);
    assertThat(one).isBetween(2L * LARGE, 2L * LARGE + LARGE / 4);
    assertThat(many).isBetween((long) LARGE, LARGE + LARGE / 4L);
    assertThat(touched).isBetween((long) LARGE, LARGE + LARGE / 4L);
  }

  @Test
  @DisplayName("a bound to the state that no memory would hold MUST be refused")
  void bounds() {
    for (int bytes : new int[] {0, (64 << 20) + 1}) {
      assertThatThrownBy(() -> store.withMaxStateBytes(bytes))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store.withMaxStateBytes(64 << 20).traits().maxStateBytes()).isEqualTo(64 << 20);
    assertThat(store.traits().maxStateBytes()).isEqualTo(10 << 20).isGreaterThan(LARGE);
  }

  private void warmUp() {
    Session session = Samples.session(Map.of("large", "x".repeat(LARGE / 10)));
    for (int i = 0; i < 3; i++) {
      store.create(session);
      store.replace(session.next(LATER));
      store.find(session.key());
      store.touch(session.key(), LATER.plusSeconds(1));
      store.delete(session.key());
    }
  }

  private static long allocated(Runnable verb) {
    long before = threads.getCurrentThreadAllocatedBytes();
    verb.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static S3Requests requests(long gets, long puts, long deletes) {
    return new S3Requests(gets, 0, puts, deletes, 0);
  }

  private static <T> void assertCosts(S3Requests cost, T answer, Supplier<T> verb) {
    S3Requests before = SharedS3.server().requests();

    assertThat(verb.get()).isEqualTo(answer);

    assertThat(SharedS3.server().requests().minus(before)).isEqualTo(cost);
  }
}
