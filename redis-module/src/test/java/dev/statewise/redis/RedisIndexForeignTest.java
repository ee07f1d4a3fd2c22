package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an index makes of values that no verb of this version wrote, and of what it cannot take. */
class RedisIndexForeignTest extends OneIndex {

  private static final byte[] NEWER =
      "\u0002 what a newer node wrote".getBytes(StandardCharsets.UTF_8);

  @Test
  @DisplayName("a damaged session MUST be told and not listed; it stays until its key is gone")
  void damaged() {
    List<Session> sessions = created(2);
    for (String junk : List.of("", "\u0001mine", "\u0000")) {
      put(sessions.get(0), junk.getBytes(StandardCharsets.UTF_8));

      assertThat(index.findAll("ann")).containsExactly(sessions.get(1));
      assertThat(told)
          .hasSize(1)
          .allMatch(finding -> finding.contains(sessions.get(0).key().text()));
      assertThat(admit(Samples.session(), 1, Overflow.REFUSE))
          .isEqualTo(new Admission.LimitReached());
      assertListed(sessions.get(0), sessions.get(1));
      told.clear();
    }

    assertThat(index.deleteAll("ann")).isEqualTo(1);
    assertThat(client.keys(prefix + "*")).isEmpty();
  }

  @Test
  @DisplayName("a session of another subject under a listed handle MUST be neither seen nor ended")
  void anotherSubject() {
    Session bobs = Samples.of("bob");
    store.create(bobs);
    Session session = Samples.session();
    store.create(session);
    byte[] forged = SessionCodec.encode(withSubject(session, "anna"), new byte[8]);
    put(session, forged);

    assertThat(index.findAll("ann")).isEmpty();
    assertThat(told).hasSize(1).allMatch(finding -> finding.contains("another subject"));
    assertThat(admit(Samples.session(), 1, Overflow.REFUSE))
        .isEqualTo(new Admission.Admitted(List.of()));
    assertThat(index.deleteAll("ann")).isEqualTo(1);
    assertThat(client.get(keys.session(session.key()))).isEqualTo(forged);
    assertThat(client.exists(indexKey)).isFalse();
  }

  @Test
  @DisplayName("a session of a newer format MUST be unavailable to the whole index, and untouched")
  void newer() {
    List<Session> sessions = created(3);
    drop(sessions.get(0));
    put(sessions.get(2), NEWER);

    assertNewer(() -> index.findAll("ann"), sessions.get(2));
    assertNewer(() -> index.deleteAll("ann"), sessions.get(2));
    assertNewer(() -> admit(Samples.session(), 9, Overflow.REFUSE), sessions.get(2));
    assertNewer(() -> admit(sessions.get(2), 9, Overflow.REFUSE), sessions.get(2));
    assertThat(store.find(sessions.get(1).key())).contains(sessions.get(1));
    assertThat(client.get(keys.session(sessions.get(2).key()))).isEqualTo(NEWER);
    assertListed(sessions.get(0), sessions.get(1), sessions.get(2));
  }

  @Test
  @DisplayName("an index or a session of another type MUST be unavailable and left untouched")
  void wrongType() {
    Session session = created(2).get(0);
    byte[] redisKey = keys.session(session.key());
    drop(session);
    client.hset(redisKey, Map.of(new byte[] {1}, new byte[] {1}));
    assertWrongType(() -> index.findAll("ann"));
    assertWrongType(() -> index.deleteAll("ann"));
    assertWrongType(() -> admit(Samples.session(), 9, Overflow.REFUSE));
    assertThat(client.llen(indexKey)).isEqualTo(2);

    client.set(indexKey, new byte[] {1}, hour());
    assertWrongType(() -> index.findAll("ann"));
    assertWrongType(() -> index.deleteAll("ann"));
    assertWrongType(() -> admit(Samples.session(), 9, Overflow.REFUSE));
    assertWrongType(() -> store.create(Samples.session()));
    assertThat(client.get(indexKey)).isEqualTo(new byte[] {1});
    assertThat(client.keys(prefix + "*")).hasSize(3);
  }

  @Test
  @DisplayName(
      "a key that was not drawn for its subject MUST be refused, for no index could hold it")
  void anotherSlot() {
    Session strange = withSubject(Samples.session(), "bob");

    assertThatThrownBy(() -> store.create(strange))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(strange.key().text());
    assertThatThrownBy(() -> admit(strange, 1, Overflow.REFUSE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client.keys(prefix + "*")).isEmpty();
  }

  @Test
  @DisplayName("what cannot be admitted MUST be refused by name")
  void admitArguments() {
    assertThatThrownBy(() -> admit(Samples.of(""), 1, Overflow.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("anonymous");
    assertThatThrownBy(() -> admit(Samples.session(), 0, Overflow.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max (0)");
  }

  @Test
  @DisplayName("what admit is instead of MUST stay if it is another subject's")
  void insteadOfAnothers() {
    Session bobs = Samples.of("bob");
    store.create(bobs);
    Session mine = Samples.session();

    index.admit(mine, 1, Overflow.REFUSE, Optional.of(bobs.key()));

    assertThat(store.find(bobs.key())).contains(bobs);
    assertThat(store.find(mine.key())).contains(mine);
  }

  private void assertNewer(Runnable verb, Session session) {
    assertThatThrownBy(verb::run)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("newer format")
        .hasMessageContaining(session.key().handle());
  }

  private static void assertWrongType(Runnable verb) {
    assertThatThrownBy(verb::run)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("WRONGTYPE");
  }
}
