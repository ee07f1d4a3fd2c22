package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.S3Requests;
import dev.statewise.embedded.S3Server;
import dev.statewise.objectstorage.ObjectSweeper.Sweep;
import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What a sweep deletes, when, at which cost, and what it never takes. */
class ObjectSweeperTest {

  private static final Duration LONGEST_IDLE = Duration.ofHours(1);
  private static S3Client client;

  private final HandClock clock = new HandClock(Samples.NOW);
  private final String prefix = SharedS3.newPrefix();
  private ObjectSessionStore store;
  private ObjectSweeper sweeper;

  @BeforeAll
  static void connect() {
    client = SharedS3.client();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @BeforeEach
  void open() {
    store = ObjectSessionStore.untried(client, SharedS3.BUCKET, prefix);
    sweeper = store.sweeper(clock, LONGEST_IDLE);
  }

  @Test
  @DisplayName("a session MUST be kept to the very instant that is the margin after its end")
  void keepsTheMargin() {
    Session session = created(Samples.session());
    Instant due = session.end().plus(ObjectSweeper.MARGIN);

    clock.set(due.minusMillis(1));
    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(1, 0, true));
    assertThat(store.find(session.key())).contains(session);

    clock.set(due);
    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(1, 1, true));
    assertThat(store.find(session.key())).isEmpty();
    assertThat(objects()).isEmpty();
    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(0, 0, true));
  }

  @Test
  @DisplayName("a session that was written lately MUST NOT be looked at: a list is all it costs")
  void looksAtNothingRecent() {
    Instant longAgo = Instant.parse("2001-09-09T01:46:40Z");
    Session session = created(Samples.session(longAgo, Samples.IDLE, Map.of()));
    clock.set(longAgo.plus(Duration.ofDays(365))); // the server says that it was written since
    S3Requests before = server().requests();

    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(1, 0, true));

    assertThat(server().requests().minus(before)).isEqualTo(new S3Requests(1, 0, 0, 0, 0));
    assertThat(store.find(session.key())).contains(session);
  }

  @Test
  @DisplayName("a sweep MUST cost a list, and a GET, a PUT and a DELETE for each session it takes")
  void costs() {
    created(Samples.session());
    created(Samples.session());
    clock.set(late());
    S3Requests before = server().requests();

    sweeper.sweep(10);

    assertThat(server().requests().minus(before)).isEqualTo(new S3Requests(3, 0, 2, 2, 0));
  }

  @Test
  @DisplayName("a sweep MUST stop at its limit, and the next go on from there")
  void pages() {
    for (int i = 0; i < 5; i++) {
      created(Samples.session());
    }
    clock.set(late());

    assertThat(sweeper.sweep(2)).isEqualTo(new Sweep(2, 2, false));
    assertThat(sweeper.sweep(2)).isEqualTo(new Sweep(2, 2, false));
    assertThat(sweeper.sweep(2)).isEqualTo(new Sweep(1, 1, true));
    assertThat(objects()).isEmpty();
  }

  @Test
  @DisplayName("live sessions that fill a page MUST NOT hold a sweep up")
  void passesTheLiving() {
    List<Session> living = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      living.add(created(Samples.session(Duration.ofDays(2), Map.of())));
    }
    clock.set(late());

    Sweep first = sweeper.sweep(2);
    Sweep second = sweeper.sweep(2);

    assertThat(first).isEqualTo(new Sweep(2, 0, false));
    assertThat(second).isEqualTo(new Sweep(1, 0, true));
    assertThat(living)
        .allSatisfy(session -> assertThat(store.find(session.key())).contains(session));
  }

  @Test
  @DisplayName("what others keep below the prefix MUST be left alone, and sessions of others too")
  void leavesOthers() {
    put(prefix + "notes.txt", "hello");
    put(prefix + "x/" + Samples.session().key(), "hello");
    put(prefix + Samples.session().key(), "not a session");
    put(prefix + Samples.session().key(), "\u0002 of a newer node");
    clock.set(late());

    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(4, 0, true));

    assertThat(objects()).hasSize(4);
  }

  @Test
  @DisplayName("a mark that a sweep left behind MUST be no session, and be deleted by the next")
  void sweepsMarks() {
    Session session = Samples.session();
    put(prefix + session.key(), "\0");

    assertThat(store.find(session.key())).isEmpty();
    assertThat(store.touch(session.key(), Samples.NOW)).isFalse();
    assertThat(store.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.GONE);
    assertThat(store.create(session)).isFalse();
    assertThat(store.delete(session.key())).isFalse();
    clock.set(late());
    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(1, 1, true));
    assertThat(objects()).isEmpty();
  }

  @Test
  @DisplayName("an outage MUST be told, and the next sweep go on behind what failed")
  void goesOnAfterAnOutage() {
    created(Samples.session());
    created(Samples.session());
    clock.set(late());
    server().answerNext("PUT", 503, "SlowDown");
    try {
      assertThatThrownBy(() -> sweeper.sweep(10)).isInstanceOf(StoreUnavailableException.class);
    } finally {
      server().heal();
    }

    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(1, 1, true));
    assertThat(sweeper.sweep(10)).isEqualTo(new Sweep(1, 1, true));
  }

  @Test
  @DisplayName(
      "of a touch and a sweep that race, the touch MUST be true exactly if the session lives")
  void racesATouch() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    int touched = 0;
    int races = Integer.getInteger("statewise.races", 200);
    try {
      clock.set(late());
      for (int race = 0; race < races; race++) {
        Session session = created(Samples.session());
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Sweep> sweep =
            threads.submit(
                () -> {
                  start.await();
                  return store.sweeper(clock, LONGEST_IDLE).sweep(10);
                });
        Future<Boolean> touch =
            threads.submit(
                () -> {
                  start.await();
                  return store.touch(session.key(), clock.instant());
                });

        boolean lives = touch.get();
        assertThat(sweep.get().deleted()).as("race %d", race).isEqualTo(lives ? 0 : 1);
        assertThat(store.find(session.key()).isPresent()).as("race %d", race).isEqualTo(lives);
        assertThat(store.touch(session.key(), clock.instant()))
            .as("race %d", race)
            .isEqualTo(lives);
        touched += lives ? 1 : 0;
        store.delete(session.key());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(touched).as("races that the touch won").isBetween(1, races - 1);
  }

  @Test
  @DisplayName("a touch between a sweep's look and its write MUST keep the session")
  void isOvertakenByATouch() {
    Session session = created(Samples.session());
    clock.set(late());
    try (S3Client overtaken =
        SharedS3.client(
            server().endpoint(),
            1,
            new Between("PutObject", () -> store.touch(session.key(), clock.instant())))) {
      Sweep sweep =
          ObjectSessionStore.untried(overtaken, SharedS3.BUCKET, prefix)
              .sweeper(clock, LONGEST_IDLE)
              .sweep(10);

      assertThat(sweep).isEqualTo(new Sweep(1, 0, true));
    }
    assertThat(store.find(session.key())).contains(session.seenAt(clock.instant()));
  }

  @Test
  @DisplayName("a limit or an idle timeout that makes no sense MUST be refused")
  void bounds() {
    for (int limit : new int[] {0, 1_000_001}) {
      assertThatThrownBy(() -> sweeper.sweep(limit)).isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration idle : List.of(Duration.ZERO, Duration.ofDays(36_501))) {
      assertThatThrownBy(() -> store.sweeper(clock, idle))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static S3Server server() {
    return SharedS3.server();
  }

  private static Instant late() {
    return Samples.NOW.plus(Duration.ofDays(1));
  }

  private Session created(Session session) {
    assertThat(store.create(session)).isTrue();
    return session;
  }

  private void put(String name, String text) {
    client.putObject(
        request -> request.bucket(SharedS3.BUCKET).key(name), RequestBody.fromString(text));
  }

  private List<String> objects() {
    Stream<String> names =
        client
            .listObjectsV2(request -> request.bucket(SharedS3.BUCKET).prefix(prefix))
            .contents()
            .stream()
            .map(object -> object.key());
    return names.toList();
  }
}
