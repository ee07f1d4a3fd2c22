package dev.statewise.examples.customstore;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.SessionCodec;
import dev.statewise.spi.SessionCodec.Decoded;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.StoreTraits;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps sessions in plain files, for the processes of one machine.
 *
 * <p>A session is a folder. In it lie the bytes of the session, which never change, and one empty
 * file whose <em>name</em> is all that changes: the version, when it was last seen, and which bytes
 * are meant. Every write renames that file, and a rename fails if the old name is gone: that is the
 * compare-and-set, and it needs no lock. Deleting renames the folder away, so that what is still on
 * its way finds nothing to rename.
 *
 * <p>Sessions survive the application, also one that is killed. Nothing is forced to the disk: a
 * power cut may take what was written in the last seconds. Safe for use by any number of threads
 * and processes, on a local file system that renames atomically; not on one that a network shares.
 */
public final class FileSessionStore implements SessionStore {

  private static final StoreTraits TRAITS =
      StoreTraits.sharedByNodes().withDurable(true).withFindRoundTrips(0);

  /** Two clocks may differ by 10 minutes, and a request takes some time. */
  private static final Duration MARGIN = Duration.ofMinutes(11);

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int PATIENCE = 1_000;
  private static final String SWEPT = "swept";

  private final Path sessions;
  private final Path aside;

  private FileSessionStore(Path root) {
    this.sessions = root.resolve("sessions");
    this.aside = root.resolve("aside");
  }

  /**
   * The sessions under {@code root}, which is made if it is not there.
   *
   * @throws StoreUnavailableException if it cannot be made
   */
  public static FileSessionStore in(Path root) {
    FileSessionStore store = new FileSessionStore(root);
    store.asking("OPEN", () -> Files.createDirectories(store.sessions));
    store.asking("OPEN", () -> Files.createDirectories(store.aside));
    return store;
  }

  @Override
  public boolean create(Session session) {
    return asking("CREATE", () -> created(session));
  }

  /** The folder is made whole, and then moved to where it is found. */
  private boolean created(Session session) throws IOException {
    Path made = Files.createDirectory(aside.resolve(hex(SessionCodec.newTag())));
    byte[] tag = SessionCodec.newTag();
    State state = new State(session.version(), session.lastSeen().toEpochMilli(), hex(tag));
    Files.write(made.resolve(state.bytes()), SessionCodec.encode(session, tag));
    Files.createFile(made.resolve(state.name()));
    Optional<Session> taken = Optional.empty();
    for (int i = 0; i < PATIENCE && taken.isEmpty(); i++) {
      if (movedToFreePlace(made, folder(session.key()))) {
        return true;
      }
      taken = find(session.key());
    }
    remove(made); // if nothing is found there again and again, what takes the place is damaged
    return taken.filter(there -> there.secretHash().equals(session.secretHash())).isPresent();
  }

  @Override
  public Optional<Session> find(SessionKey key) {
    return asking("FIND", () -> whileItMoves(() -> found(key)));
  }

  private Optional<Session> found(SessionKey key) throws IOException {
    Optional<State> stored = state(key);
    return stored.isEmpty() ? Optional.empty() : read(key, stored.get());
  }

  @Override
  public ReplaceResult replace(Session next) {
    return asking(
        "REPLACE",
        () -> {
          byte[] tag = SessionCodec.newTag();
          Path bytes = folder(next.key()).resolve(hex(tag));
          ReplaceResult result = whileItMoves(() -> replaced(next, bytes, tag));
          if (result != ReplaceResult.REPLACED) {
            Files.deleteIfExists(bytes);
          }
          return result;
        });
  }

  private ReplaceResult replaced(Session next, Path bytes, byte[] tag) throws IOException {
    Optional<State> stored = state(next.key());
    if (stored.isEmpty()) {
      return ReplaceResult.GONE;
    }
    if (stored.get().version() != next.version() - 1) {
      return ReplaceResult.CONFLICT;
    }
    Files.write(bytes, SessionCodec.encode(next, tag));
    long lastSeen = Math.max(next.lastSeen().toEpochMilli(), stored.get().lastSeen());
    rename(next.key(), stored.get(), new State(next.version(), lastSeen, hex(tag)).name());
    Files.deleteIfExists(bytes.resolveSibling(stored.get().bytes()));
    return ReplaceResult.REPLACED;
  }

  @Override
  public boolean touch(SessionKey key, Instant lastSeen) {
    return asking("TOUCH", () -> whileItMoves(() -> touched(key, lastSeen)));
  }

  private boolean touched(SessionKey key, Instant lastSeen) throws IOException {
    Optional<State> stored = state(key);
    if (stored.isEmpty()) {
      return false;
    }
    State later = stored.get().seenAt(lastSeen);
    if (!later.equals(stored.get())) {
      rename(key, stored.get(), later.name());
    }
    return true;
  }

  @Override
  public boolean delete(SessionKey key) {
    return asking(
        "DELETE", () -> whileItMoves(() -> state(key).isPresent()) && removed(folder(key)));
  }

  /**
   * Removes the sessions that ended 11 minutes ago or earlier, and what calls that were killed have
   * left. It reads every session, so call it seldom; also in several processes at once. A live
   * session is never taken: one that was touched since it was read has another name.
   *
   * @return how many sessions were removed
   */
  public int sweep(InstantSource clock) {
    Instant ended = clock.instant().minus(MARGIN);
    return asking(
        "SWEEP",
        () -> {
          int swept = 0;
          try (DirectoryStream<Path> folders = Files.newDirectoryStream(sessions)) {
            for (Path folder : folders) {
              swept += isSwept(folder, ended) ? 1 : 0;
            }
          }
          clearAside(FileTime.from(ended));
          return swept;
        });
  }

  private boolean isSwept(Path folder, Instant ended) throws IOException {
    Optional<SessionKey> key = key(folder);
    if (key.isEmpty()) {
      return false;
    }
    try {
      Optional<State> stored = state(key.get());
      if (stored.isEmpty()) {
        return removed(folder); // what a sweep has left that was killed here
      }
      Optional<Session> session = read(key.get(), stored.get());
      if (session.isEmpty() || session.get().end().isAfter(ended)) {
        return false;
      }
      rename(key.get(), stored.get(), SWEPT);
      return removed(folder);
    } catch (NoSuchFileException touchedOrEnded) {
      return false;
    } catch (StoreUnavailableException newer) {
      return false; // whoever knows its format sweeps it
    }
  }

  private void clearAside(FileTime before) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(aside)) {
      for (Path folder : folders) {
        if (Files.getLastModifiedTime(folder).compareTo(before) < 0) {
          remove(folder);
        }
      }
    } catch (NoSuchFileException inUse) {
      // It is cleared the next time.
    }
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  @Override
  public void close() {
    // Nothing stays open between two calls.
  }

  /** The state of the session now; empty if there is none, or it was swept. */
  private Optional<State> state(SessionKey key) throws IOException {
    Path folder = folder(key);
    Optional<State> latest = Optional.empty();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.equals(SWEPT)) {
          return Optional.empty();
        }
        latest = State.later(latest, State.parse(name));
      }
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
    if (latest.isEmpty()) {
      // A folder that is listed during a rename may show neither name.
      throw new NoSuchFileException(folder.toString(), null, "it names no state");
    }
    return latest;
  }

  /** Empty, as if there were no session, if the bytes are not those of one. */
  private Optional<Session> read(SessionKey key, State state) throws IOException {
    byte[] bytes = Files.readAllBytes(folder(key).resolve(state.bytes()));
    Decoded decoded = SessionCodec.decode(bytes, key);
    if (decoded instanceof Decoded.Newer) {
      throw newer(key.text());
    }
    return decoded instanceof Decoded.Read read
        ? Optional.of(read.session().seenAt(Instant.ofEpochMilli(state.lastSeen())))
        : Optional.empty();
  }

  /** The compare-and-set: fails with {@link NoSuchFileException} if {@code from} is the past. */
  private void rename(SessionKey key, State from, String to) throws IOException {
    Path file = folder(key).resolve(from.name());
    Files.move(file, file.resolveSibling(to), StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean movedToFreePlace(Path made, Path place) throws IOException {
    try {
      Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (Files.exists(place)) {
        return false;
      }
      throw e;
    }
  }

  private boolean removed(Path folder) throws IOException {
    Path away = aside.resolve(hex(SessionCodec.newTag()));
    try {
      Files.move(folder, away, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      return false;
    }
    remove(away);
    return true;
  }

  /** Of a folder that nobody finds any more; what is still written to it goes with it, or stays. */
  private static void remove(Path folder) throws IOException {
    for (int i = 0; i < PATIENCE; i++) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
        return;
      } catch (NoSuchFileException | DirectoryNotEmptyException written) {
        Thread.onSpinWait();
      }
    }
  }

  /** In hexadecimal, for to some file systems A is a. */
  private Path folder(SessionKey key) {
    return sessions.resolve(hex(key.text().getBytes(StandardCharsets.US_ASCII)));
  }

  private static Optional<SessionKey> key(Path folder) {
    try {
      byte[] text = HexFormat.of().parseHex(folder.getFileName().toString());
      return SessionKey.parse(new String(text, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static StoreUnavailableException newer(String session) {
    return new StoreUnavailableException(
        "Session %s was written by a newer version, so this one neither confirms nor changes it. Answer 503: a retry may reach a newer node."
            .formatted(session),
        null);
  }

  /**
   * Between a name that was read and what is done with it, a touch, a save or a logout may come:
   * then it is judged anew. Each time, another call has made its way.
   */
  private static <T> T whileItMoves(FileAccess<T> access) throws IOException {
    for (int i = 1; i < PATIENCE; i++) {
      try {
        return access.run();
      } catch (NoSuchFileException moved) {
        Thread.onSpinWait();
      }
    }
    return access.run();
  }

  private <T> T asking(String verb, FileAccess<T> access) {
    try {
      return access.run();
    } catch (IOException | DirectoryIteratorException e) {
      throw new StoreUnavailableException(
          "%s in %s failed, so the session is neither confirmed nor denied. Answer 503, and look at the disk, its space and its permissions."
              .formatted(verb, sessions),
          e);
    }
  }

  @FunctionalInterface
  private interface FileAccess<T> {
    T run() throws IOException;
  }

  /** What changes of a session, as the name of a file: {@code state1-VERSION-LASTSEEN-BYTES}. */
  private record State(long version, long lastSeen, String bytes) {

    private static final Pattern NAME = Pattern.compile("state1-(\\d+)-(\\d+)-([0-9a-f]{16})");
    private static final Comparator<State> ORDER =
        Comparator.comparingLong(State::version).thenComparingLong(State::lastSeen);

    static Optional<State> parse(String name) {
      Matcher parts = NAME.matcher(name);
      if (parts.matches()) {
        return Optional.of(
            new State(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3)));
      }
      if (name.startsWith("state")) {
        throw newer(name);
      }
      return Optional.empty();
    }

    /** A folder that is listed during a rename may show both names. */
    static Optional<State> later(Optional<State> one, Optional<State> other) {
      return Stream.of(one, other).flatMap(Optional::stream).max(ORDER);
    }

    State seenAt(Instant instant) {
      return new State(version, Math.max(lastSeen, millis(instant)), bytes);
    }

    String name() {
      return "state1-%d-%d-%s".formatted(version, lastSeen, bytes);
    }

    /** The nearest there is to a session: 1970 to 9999. */
    private static long millis(Instant instant) {
      Instant notTooLate = instant.isAfter(LATEST) ? LATEST : instant;
      return notTooLate.isBefore(Instant.EPOCH) ? 0 : notTooLate.toEpochMilli();
    }
  }
}
