package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.session.Ending;
import dev.statewise.session.OpenResult;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.spi.Overflow;
import java.io.PrintStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A process that uses sessions until it is killed. Before it ends any it says so, and after each
 * answer it says what it was told.
 */
final class KilledNode {

  private static final int USERS = 3;
  private static final int MOST_SESSIONS = 4;
  private static final int ATTRIBUTE = 200;

  private final Sessions sessions;
  private final RedisRevocationList list;
  private final PrintStream said;

  private KilledNode(Sessions sessions, RedisRevocationList list, PrintStream said) {
    this.sessions = sessions;
    this.list = list;
    this.said = said;
  }

  @SuppressWarnings("SystemOut") // the parent reads it
  public static void main(String[] arguments) {
    RedisConnection connection = RedisConnection.to(URI.create(arguments[0]));
    RedisSessionStore store = RedisSessionStore.connect(connection).withKeyPrefix(arguments[1]);
    RedisRevocationList list = Servers.list(connection).withKeyPrefix(arguments[1]);
    SessionPolicy.Builder policy = SessionPolicy.builder();
    if (store.subjects().isPresent()) {
      policy.limit(MOST_SESSIONS, Overflow.REFUSE);
    }
    KilledNode node =
        new KilledNode(StatefulSessions.over(store, policy.build()), list, System.out);
    for (int i = 0; i < USERS; i++) {
      new Thread(node::use, "statewise-chaos-user-" + i).start();
    }
  }

  private void use() {
    Random random = new Random();
    String subject = UUID.randomUUID().toString();
    Map<String, Session> live = new HashMap<>();
    while (true) {
      if (live.size() < 2) {
        open(subject, live);
        continue;
      }
      Session session = List.copyOf(live.values()).get(random.nextInt(live.size()));
      switch (random.nextInt(8)) {
        case 0 -> open(subject, live);
        case 1 -> end(session, live);
        case 2 -> endAll(subject, live);
        case 3, 4 -> keep(sessions.rotate(session), live);
        case 5 -> list.refuseBelow(session.key(), session.version(), session.absoluteEnd());
        default ->
            keep(sessions.save(session.with("cart", "x".repeat(random.nextInt(ATTRIBUTE)))), live);
      }
    }
  }

  private void open(String subject, Map<String, Session> live) {
    if (sessions.open(subject, Map.of("cart", "1")) instanceof OpenResult.Opened opened) {
      Session session = opened.grant().session();
      live.put(session.key().text(), session);
      say("kept", session.key().text() + " " + session.version());
    }
  }

  private void keep(SaveResult result, Map<String, Session> live) {
    if (result instanceof SaveResult.Saved saved) {
      live.put(saved.session().key().text(), saved.session());
      say("kept", saved.session().key().text() + " " + saved.session().version());
    }
  }

  private void end(Session session, Map<String, Session> live) {
    say("ending", session.key().text());
    if (sessions.end(session) instanceof Ending.Ended) {
      live.remove(session.key().text());
      say("ended", session.key().text());
    }
  }

  private void endAll(String subject, Map<String, Session> live) {
    live.keySet().forEach(key -> say("ending", key));
    if (sessions.endAll(subject) instanceof Ending.Ended) {
      live.keySet().forEach(key -> say("ended", key));
      live.clear();
    }
  }

  private void say(String what, String of) {
    said.println(what + " " + of);
    said.flush();
  }
}
