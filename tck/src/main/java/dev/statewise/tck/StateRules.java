package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.Session;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.StoreUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules S6: what a store says of itself, and how much and what text it carries. */
abstract class StateRules extends StoreRules {

  private static final int LARGEST_TRIED = 1 << 20;
  private static final int SMALLEST_ROOM = 4_096;
  private static final int MOST_ATTRIBUTES = 10_000;

  StateRules(SessionStoreTck kit) {
    super(kit);
  }

  @Test
  @DisplayName("S6.1 the traits MUST NOT change")
  void traitsAreConstant() {
    StoreTraits before = store.traits();

    Session session = created(Sample.session());
    store.find(session.key());
    store.delete(session.key());

    assertEquals(before, store.traits(), "the guarantees were derived from traits that changed");
    assertEquals(before, open().traits(), "two handles on one state promise different things");
  }

  @Test
  @DisplayName("S6.2 a store MUST take a state of 4,096 bytes")
  void smallestRoom() {
    int room = store.traits().maxStateBytes();

    assertTrue(room >= SMALLEST_ROOM, "maxStateBytes is only " + room);
  }

  @Test
  @DisplayName("S6.3 a state as large as the traits allow MUST come back whole")
  void largestState() {
    int room = Math.min(store.traits().maxStateBytes(), LARGEST_TRIED);
    Session session = created(Sample.session().withAttributes(filling(room, "x")));

    Session next =
        replaced(store, session.withAttributes(filling(room, "\u20ac")).next(Sample.NOW));

    assertFound(next, "a state of " + next.stateBytes() + " bytes was harmed");
  }

  @Test
  @DisplayName("S6.4 a state of very many attributes MUST come back whole")
  void manyAttributes() {
    int room = Math.min(store.traits().maxStateBytes(), LARGEST_TRIED);
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < Math.min(MOST_ATTRIBUTES, room / 32); i++) {
      many.put("name-" + i, "value-" + i);
    }

    Session session = created(Sample.session().withAttributes(many));

    assertFound(session, many.size() + " attributes were harmed");
  }

  @Test
  @DisplayName("S6.5 emptiness MUST come back as it was: no attribute, no value, no name")
  void emptiness() {
    for (Map<String, String> empty :
        List.of(Map.<String, String>of(), Map.of("name", ""), Map.of("", "value"))) {
      Session session = created(Sample.session().withAttributes(empty));

      assertFound(session, "attributes " + empty);
    }
  }

  @Test
  @DisplayName("S6.6 hostile text MUST come back unchanged in subject, names and values")
  void hostileText() {
    for (String text : HostileText.carried()) {
      Session session =
          created(Sample.of(text).attributes(Map.of(text, text, "plain", text)).build());

      assertFound(session, "hostile text of " + text.length() + " characters: " + text);
    }
  }

  @Test
  @DisplayName("S6.7 an anonymous session MUST be kept as one")
  void anonymous() {
    Session session = created(Sample.anonymous().build());

    assertFound(session, "a visitor's session");
  }

  @Test
  @DisplayName("S6.8 the interrupt flag MUST still be set after a call on an interrupted thread")
  void interruptFlag() {
    Session session = created(Sample.session());

    Thread.currentThread().interrupt();
    callsThatMayBeUnavailable(session);
    boolean flag = Thread.interrupted();

    assertTrue(flag, "a call swallowed the interrupt, so nobody can stop this thread");
  }

  private void callsThatMayBeUnavailable(Session session) {
    List<Runnable> calls =
        List.of(
            () -> store.find(session.key()),
            () -> store.touch(session.key(), Sample.NOW),
            () -> store.replace(session.next(Sample.NOW)),
            () -> store.delete(session.key()));
    for (Runnable call : calls) {
      try {
        call.run();
      } catch (StoreUnavailableException allowed) {
        assertTrue(allowed.getMessage() != null, "an outage must say what happened");
      }
    }
  }

  private static Map<String, String> filling(int bytes, String text) {
    int unit = Sample.session().withAttributes(Map.of("", text)).stateBytes() - overhead();
    int units = (bytes - overhead() - 1) / unit;
    int rest = bytes - overhead() - 1 - units * unit;
    return Map.of("a", text.repeat(units) + "x".repeat(rest));
  }

  private static int overhead() {
    return Session.BYTES_PER_ATTRIBUTE;
  }
}
