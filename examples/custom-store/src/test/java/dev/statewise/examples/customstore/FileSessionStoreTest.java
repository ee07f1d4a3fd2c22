package dev.statewise.examples.customstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.tck.SessionStoreTck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSessionStoreTest extends SessionStoreTck {

  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant ENDED = CREATED.plus(Duration.ofMinutes(30));

  @TempDir Path root;

  @Override
  protected SessionStore open(String namespace) { // the same name twice: two handles on one state
    return FileSessionStore.in(root.resolve(namespace.replace(':', '_')));
  }

  @Test
  @DisplayName("a sweep MUST remove what ended 11 minutes ago, and leave what may live")
  void sweeps() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    Session session = session();
    store.create(session);
    Instant due = ENDED.plus(Duration.ofMinutes(11));

    assertEquals(0, store.sweep(() -> due.minusMillis(1)));
    assertEquals(session, store.find(session.key()).orElseThrow());
    assertEquals(1, store.sweep(() -> due));
    assertTrue(store.find(session.key()).isEmpty());
    assertEquals(List.of(), filesUnder(root));
  }

  @Test
  @DisplayName("a sweep MUST leave a session that is touched while it reads")
  void sweepLosesToTouch() {
    FileSessionStore store = FileSessionStore.in(root);
    Session session = session();
    store.create(session);
    Instant due = ENDED.plus(Duration.ofMinutes(11));

    int swept =
        store.sweep(
            () -> {
              assertTrue(store.touch(session.key(), due));
              return due;
            });

    assertEquals(0, swept);
    assertEquals(due, store.find(session.key()).orElseThrow().lastSeen());
  }

  @Test
  @DisplayName("a sweep that was killed MUST leave no session, and the next MUST finish its work")
  void killedSweep() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    Session session = session();
    store.create(session);
    Path state = only(filesUnder(root), "state1-");
    Files.move(state, state.resolveSibling("swept"));

    assertTrue(store.find(session.key()).isEmpty());
    assertFalse(store.touch(session.key(), ENDED));
    assertEquals(1, store.sweep(() -> CREATED));
    assertEquals(List.of(), filesUnder(root));
  }

  @Test
  @DisplayName("a sweep MUST clear away what a killed call has left, and not what one is making")
  void clearsAside() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    Path left = Files.createDirectory(root.resolve("aside").resolve("left"));
    Files.createFile(left.resolve("0123456789abcdef"));
    Path made = Files.createDirectory(root.resolve("aside").resolve("made"));
    Files.setLastModifiedTime(left, FileTime.from(CREATED));
    Files.setLastModifiedTime(made, FileTime.from(ENDED));

    store.sweep(() -> ENDED);

    assertFalse(Files.exists(left));
    assertTrue(Files.exists(made));
  }

  @Test
  @DisplayName("a write that was killed before its rename MUST leave the session as it was")
  void killedWrite() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    Session session = session();
    store.create(session);
    Path state = only(filesUnder(root), "state1-");
    Files.writeString(state.resolveSibling("0123456789abcdef"), "half of what was to be");

    assertEquals(session, store.find(session.key()).orElseThrow());
  }

  @Test
  @DisplayName("a session of a newer format MUST be unavailable and stay as it is")
  void newerFormat() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    Session session = session();
    store.create(session);
    Path state = only(filesUnder(root), "state1-");
    Files.move(state, state.resolveSibling("state2-of-tomorrow"));
    List<Path> before = filesUnder(root);

    assertThrows(StoreUnavailableException.class, () -> store.find(session.key()));
    assertThrows(StoreUnavailableException.class, () -> store.delete(session.key()));
    assertThrows(StoreUnavailableException.class, () -> store.replace(session.next(CREATED)));
    assertThrows(StoreUnavailableException.class, () -> store.touch(session.key(), ENDED));
    assertEquals(before, filesUnder(root));
  }

  @Test
  @DisplayName("a sweep MUST pass over a session of a newer format, and go on")
  void sweepPassesOverNewer() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    store.create(session());
    Path state = only(filesUnder(root), "state1-");
    Files.move(state, state.resolveSibling("state2-of-tomorrow"));
    List<Path> newer = filesUnder(root);
    for (int i = 0; i < 20; i++) { // in whatever order a folder is listed
      store.create(session());
    }

    assertEquals(20, store.sweep(() -> ENDED.plus(Duration.ofMinutes(11))));
    assertEquals(newer, filesUnder(root));
  }

  @Test
  @DisplayName("a create where a damaged session lies MUST be false, and never an endless attempt")
  void createOverDamage() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    Session session = session();
    store.create(session);
    String state = only(filesUnder(root), "state1-").getFileName().toString();
    Path bytes = only(filesUnder(root), state.substring(state.lastIndexOf('-') + 1));
    Files.write(bytes, new byte[] {1, 2, 3});
    List<Path> before = filesUnder(root);

    boolean created =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> store.create(session));

    assertFalse(created);
    assertEquals(before, filesUnder(root));
  }

  @Test
  @DisplayName("bytes that are missing MUST be an outage and never an endless search")
  void missingBytes() throws IOException {
    FileSessionStore store = FileSessionStore.in(root);
    Session session = session();
    store.create(session);
    String state = only(filesUnder(root), "state1-").getFileName().toString();
    Files.delete(only(filesUnder(root), state.substring(state.lastIndexOf('-') + 1)));

    assertThrows(StoreUnavailableException.class, () -> store.find(session.key()));
  }

  private static Session session() {
    byte[] hash = new byte[SecretHash.LENGTH];
    ThreadLocalRandom.current().nextBytes(hash);
    return Session.restore(
        SessionKey.draw("ann", ThreadLocalRandom.current()),
        "ann",
        SecretHash.of(hash),
        1,
        CREATED,
        CREATED,
        Duration.ofMinutes(30),
        CREATED.plus(Duration.ofHours(12)),
        Map.of("cart", "42"));
  }

  private static Path only(List<Path> files, String beginning) {
    List<Path> found =
        files.stream().filter(file -> file.getFileName().toString().startsWith(beginning)).toList();
    assertEquals(1, found.size(), () -> beginning + " in " + files);
    return found.get(0);
  }

  private static List<Path> filesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
