package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** What a node that was killed left behind under its prefix, held against what it had said. */
final class Remains {

  private static final String SESSION = "}:s:";

  private final RedisServer server;
  private final RedisClient admin;
  private final String prefix;
  private long answers;
  private long keys;
  private long withoutEnd;
  private long halfStates;
  private long undone;
  private long offIndex;

  Remains(RedisServer server, RedisClient admin, String prefix) {
    this.server = server;
    this.admin = admin;
    this.prefix = prefix;
  }

  /** Looks at all of it and clears it away. */
  void examine(List<String> said) {
    List<String> found = keys();
    keys += found.size();
    withoutEnd += found.stream().filter(key -> admin.pttl(key) == -1).count();
    List<String> findings = new ArrayList<>();
    try (RedisSessionStore store =
        RedisSessionStore.connect(Servers.patient(server.uri()))
            .withKeyPrefix(prefix)
            .withFindings(findings::add)) {
      Map<SessionKey, Session> live = sessions(store, found);
      holdAgainst(said, live);
      compareWithIndex(store, live);
    }
    found.forEach(admin::del);
  }

  Remains and(Remains other) {
    Remains both = new Remains(server, admin, prefix);
    both.answers = answers + other.answers;
    both.keys = keys + other.keys;
    both.withoutEnd = withoutEnd + other.withoutEnd;
    both.halfStates = halfStates + other.halfStates;
    both.undone = undone + other.undone;
    both.offIndex = offIndex + other.offIndex;
    return both;
  }

  long losses() {
    return withoutEnd + halfStates + undone + offIndex;
  }

  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        "%,d answers and %,d keys examined: %d half states, %d keys without an end, %d answers undone, %d sessions that the index has not or has too many",
        answers,
        keys,
        halfStates,
        withoutEnd,
        undone,
        offIndex);
  }

  private List<String> keys() {
    Set<String> found = new HashSet<>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> page =
          admin.scan(cursor, new ScanParams().match(prefix + "*").count(1_000));
      found.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return List.copyOf(found);
  }

  private Map<SessionKey, Session> sessions(RedisSessionStore store, List<String> found) {
    Map<SessionKey, Session> sessions = new HashMap<>();
    for (String key : found) {
      int at = key.indexOf(SESSION);
      if (at >= 0) {
        SessionKey sessionKey =
            new SessionKey(
                key.substring(key.indexOf('{') + 1, at) + key.substring(at + SESSION.length()));
        Optional<Session> session = store.find(sessionKey);
        session.ifPresentOrElse(value -> sessions.put(sessionKey, value), () -> halfStates++);
      }
    }
    return sessions;
  }

  private void holdAgainst(List<String> said, Map<SessionKey, Session> live) {
    Map<SessionKey, Long> kept = new HashMap<>();
    Set<SessionKey> ending = new HashSet<>();
    Set<SessionKey> ended = new HashSet<>();
    for (String line : said) {
      String[] words = line.split(" ", -1);
      if (isWhole(words)) {
        SessionKey key = new SessionKey(words[1]);
        switch (words[0]) {
          case "kept" -> kept.put(key, Long.parseLong(words[2]));
          case "ending" -> ending.add(key);
          default -> ended.add(key);
        }
      }
    }
    answers += kept.size() + ended.size();
    undone += ended.stream().filter(live::containsKey).count();
    kept.forEach(
        (key, version) -> {
          boolean there = live.containsKey(key) && live.get(key).version() >= version;
          if (!there && !ending.contains(key)) {
            undone++;
          }
        });
  }

  /** The kill may have cut the last line. */
  private static boolean isWhole(String[] words) {
    return words.length >= 2
        && words[1].length() == SessionKey.LENGTH
        && (!words[0].equals("kept") || (words.length == 3 && !words[2].isEmpty()));
  }

  private void compareWithIndex(RedisSessionStore store, Map<SessionKey, Session> live) {
    store
        .subjects()
        .ifPresent(
            index -> {
              Map<String, Set<SessionKey>> bySubject =
                  live.values().stream()
                      .collect(
                          Collectors.groupingBy(
                              Session::subject,
                              Collectors.mapping(Session::key, Collectors.toSet())));
              bySubject.forEach(
                  (subject, expected) -> {
                    Set<SessionKey> listed =
                        index.findAll(subject).stream()
                            .map(Session::key)
                            .collect(Collectors.toSet());
                    offIndex += listed.equals(expected) ? 0 : 1;
                  });
            });
  }
}
