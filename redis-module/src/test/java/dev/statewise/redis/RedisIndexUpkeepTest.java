package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an index lists, entry by entry, and for how long the server keeps it. */
class RedisIndexUpkeepTest extends OneIndex {

  @Test
  @DisplayName("findAll MUST take out of the index what the server has dropped")
  void findAllPrunes() {
    List<Session> sessions = created(5);
    drop(sessions.get(1));
    drop(sessions.get(3));

    assertThat(index.findAll("ann"))
        .containsExactlyInAnyOrder(sessions.get(0), sessions.get(2), sessions.get(4));
    assertListed(sessions.get(0), sessions.get(2), sessions.get(4));
  }

  @Test
  @DisplayName("findAll MUST take out very many dead entries, and keep the time left of the rest")
  void findAllPrunesMany() {
    List<Session> sessions = created(40);
    sessions.subList(1, 40).forEach(this::drop);

    assertThat(index.findAll("ann")).containsExactly(sessions.get(0));
    assertListed(sessions.get(0));
    assertKept(Samples.LIFE);
  }

  @Test
  @DisplayName(
      "an index whose sessions are all gone MUST be gone with the next findAll or deleteAll")
  void emptyIndex() {
    created(3).forEach(this::drop);
    assertThat(index.findAll("ann")).isEmpty();
    assertThat(client.exists(indexKey)).isFalse();

    created(30).forEach(this::drop);
    assertThat(index.findAll("ann")).isEmpty();
    assertThat(client.exists(indexKey)).isFalse();

    created(3).forEach(this::drop);
    assertThat(index.deleteAll("ann")).isZero();
    assertThat(client.exists(indexKey)).isFalse();
  }

  @Test
  @DisplayName("admit MUST take out of the index what the server has dropped, and not count it")
  void admitPrunes() {
    List<Session> sessions = created(4);
    sessions.subList(0, 3).forEach(this::drop);
    Session session = Samples.session();

    assertThat(admit(session, 2, Overflow.REFUSE)).isEqualTo(new Admission.Admitted(List.of()));
    assertListed(sessions.get(3), session);
  }

  @Test
  @DisplayName("admit MUST take out of the index what it ends and what it is instead of")
  void admitUnlists() {
    List<Session> sessions = created(12);
    Session session = Samples.session();

    Admission admission =
        index.admit(session, 2, Overflow.END_OLDEST, Optional.of(sessions.get(11).key()));

    assertThat(((Admission.Admitted) admission).ended())
        .isEqualTo(sessions.subList(0, 10).stream().map(Session::key).toList());
    assertListed(sessions.get(10), session);
    assertKept(Samples.LIFE);
  }

  @Test
  @DisplayName("an admit that is refused MUST leave even the dead entries of an index as they are")
  void refusedAdmit() {
    List<Session> sessions = created(3);
    drop(sessions.get(0));

    assertThat(admit(Samples.session(), 2, Overflow.REFUSE))
        .isEqualTo(new Admission.LimitReached());
    assertListed(sessions.get(0), sessions.get(1), sessions.get(2));
  }

  @Test
  @DisplayName("a subject that only opens and ends sessions MUST have an index of a few entries")
  void boundedByLife() {
    List<Session> stay = created(10);
    for (int i = 0; i < 300; i++) {
      Session passing = Samples.session();
      store.create(passing);
      store.delete(passing.key());
    }

    assertThat(client.llen(indexKey)).isLessThanOrEqualTo(2 * 10 + 2);
    assertThat(index.findAll("ann")).containsExactlyInAnyOrderElementsOf(stay);
  }

  @Test
  @DisplayName("a session that comes back under a key that is listed MUST be listed once")
  void listedTwice() {
    Session session = Samples.session();
    created(3);
    store.create(session);
    created(3);
    store.delete(session.key());
    store.create(session);
    assertThat(handles()).filteredOn(session.key().handle()::equals).hasSize(2);

    assertThat(index.findAll("ann")).filteredOn(session::equals).hasSize(1);
    assertThat(handles()).filteredOn(session.key().handle()::equals).hasSize(1);
    assertThat(admit(Samples.session(), 7, Overflow.REFUSE))
        .isEqualTo(new Admission.LimitReached());
    assertThat(index.deleteAll("ann")).isEqualTo(7);
  }

  @Test
  @DisplayName("touch, replace and delete MUST leave the index alone")
  void leftAlone() {
    Session session = Samples.session();
    store.create(session);
    List<String> before = handles();
    client.pexpire(indexKey, 5_000_000);

    store.touch(session.key(), NOW.plusSeconds(1));
    store.replace(session.next(NOW.plusSeconds(2)));
    store.delete(session.key());

    assertThat(handles()).isEqualTo(before);
    assertThat(client.pttl(indexKey)).isBetween(4_000_000L, 5_000_000L);
  }

  @Test
  @DisplayName("an index MUST be kept to the latest absolute end of its sessions and a margin")
  void timeToLive() {
    store.create(living(Duration.ofMinutes(30), Duration.ofHours(2)));
    assertKept(Duration.ofHours(2));
    store.create(living(Duration.ofMinutes(30), Duration.ofHours(8)));
    assertKept(Duration.ofHours(8));
    store.create(living(Duration.ofMinutes(30), Duration.ofHours(1)));
    assertKept(Duration.ofHours(8));
    admit(living(Duration.ofMinutes(30), Duration.ofHours(3)), 9, Overflow.REFUSE);
    assertKept(Duration.ofHours(8));
    admit(living(Duration.ofMinutes(30), Duration.ofHours(9)), 9, Overflow.REFUSE);
    assertKept(Duration.ofHours(9));
  }

  @Test
  @DisplayName("an index MUST be kept by the record alone, whatever instant a session was made at")
  void timeToLiveByNoClock() {
    for (String instant : List.of("1970-01-01T00:00:00Z", "9990-01-01T00:00:00Z")) {
      Session session = Samples.createdAt(instant, Instant.parse(instant));
      store.create(session);

      assertKept(keys.subjectIndex(instant), Samples.LIFE);
      assertThat(index.findAll(instant)).containsExactly(session);
    }
  }

  @Test
  @DisplayName("an index whose end somebody took away MUST have one again, as far as its sessions")
  void endTakenAway() {
    store.create(living(Duration.ofHours(1), Duration.ofHours(8)));

    client.persist(indexKey);
    store.create(living(Duration.ofHours(1), Duration.ofHours(2)));
    assertKept(Duration.ofHours(8));

    client.persist(indexKey);
    admit(living(Duration.ofHours(1), Duration.ofHours(2)), 9, Overflow.REFUSE);
    assertKept(Duration.ofHours(8));

    client.persist(indexKey);
    client.lpush(indexKey, "AAAAAAAAAAAA".getBytes(StandardCharsets.US_ASCII));
    index.findAll("ann");
    assertKept(Duration.ofHours(8));
  }

  @Test
  @DisplayName("an admit sent again MUST be admitted, name none as ended, and change nothing")
  void admitAgain() {
    List<Session> sessions = created(2);
    Session session = Samples.session();
    assertThat(admit(session, 2, Overflow.END_OLDEST))
        .isEqualTo(new Admission.Admitted(List.of(sessions.get(0).key())));
    List<String> listed = handles();

    assertThat(admit(session, 2, Overflow.END_OLDEST)).isEqualTo(new Admission.Admitted(List.of()));
    assertThat(handles()).isEqualTo(listed);
    assertThat(index.findAll("ann")).containsExactlyInAnyOrder(sessions.get(1), session);
  }

  @Test
  @DisplayName("of sessions created at one instant the one of the lower key MUST end first")
  void ties() {
    List<Session> sessions = new ArrayList<>();
    for (char c : "aBZz09-_".toCharArray()) {
      Session session = withKey(new SessionKey(KeySpace.slot("ann") + "AAAAAAAAAAA" + c));
      store.create(session);
      sessions.add(session);
    }

    Admission admission =
        admit(Samples.createdAt("ann", NOW.plusMillis(1)), 1, Overflow.END_OLDEST);

    assertThat(((Admission.Admitted) admission).ended())
        .isEqualTo(sessions.stream().map(Session::key).sorted().toList());
  }

  @Test
  @DisplayName("ten thousand sessions of one subject MUST be listed, counted and deleted")
  void veryMany() {
    int many = 10_000;
    List<Session> sessions =
        IntStream.range(0, many)
            .mapToObj(i -> Samples.createdAt("ann", NOW.minusMillis(i)))
            .toList();
    sessions.forEach(store::create);
    sessions.subList(0, 3_000).forEach(this::drop);

    assertThat(index.findAll("ann")).hasSize(7_000);
    assertThat(client.llen(indexKey)).isEqualTo(7_000);
    Admission admission = admit(Samples.session(), 1_001, Overflow.END_OLDEST);
    List<SessionKey> oldest =
        new ArrayList<>(sessions.subList(4_000, many).stream().map(Session::key).toList());
    Collections.reverse(oldest);
    assertThat(((Admission.Admitted) admission).ended()).isEqualTo(oldest);
    sessions.forEach(store::create);
    assertThat(index.deleteAll("ann")).isEqualTo(many + 1);
    assertThat(client.keys(prefix + "*")).isEmpty();
  }
}
