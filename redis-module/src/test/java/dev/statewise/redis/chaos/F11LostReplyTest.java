package dev.statewise.redis.chaos;

import dev.statewise.embedded.RedisServer;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.redis.RedisConnection;
import dev.statewise.redis.RedisRevocationList;
import dev.statewise.redis.RedisSessionStore;
import dev.statewise.spi.StoreUnavailableException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** F11: the server does as it was asked, the reply is lost, and the client sends again. */
@Chaos
class F11LostReplyTest {

  private static final int LOSSES = Scale.of(800, 10_000);

  @Test
  @DisplayName("F11 on a single Redis each verb MUST have one effect and one answer")
  void single() {
    try (RedisServer server = Servers.start();
        TcpProxy proxy = Servers.proxy(server)) {
      RedisConnection lossy = Servers.patient(Servers.uri(proxy));
      RedisConnection direct = Servers.patient(server.uri());
      try (RedisSessionStore store = RedisSessionStore.connect(lossy);
          RedisRevocationList list = RedisRevocationList.connect(lossy);
          RedisSessionStore witness = RedisSessionStore.connect(direct);
          RedisRevocationList listWitness = RedisRevocationList.connect(direct)) {
        Lossy node =
            new Lossy(
                store,
                list,
                witness,
                listWitness,
                proxy::loseNextReply,
                () -> proxy.traffic().connections());

        Ledger.judge(lose(node, "single Redis"));
      }
    }
  }

  private static Outcome lose(Lossy node, String place) {
    List<Lossy.Verb> verbs = node.verbs();
    // So that the server knows each script: its text is a request of its own.
    verbs.forEach(verb -> verb.isDoneOnce(node.harmless()));
    long before = node.connections().getAsLong();
    Progress progress = new Progress("F11 " + place);
    int wrong = 0;
    int unavailable = 0;
    for (int i = 0; node.connections().getAsLong() - before < LOSSES; i++) {
      try {
        if (!verbs.get(i % verbs.size()).isDoneOnce(node)) {
          wrong++;
        }
      } catch (StoreUnavailableException e) {
        unavailable++;
      }
      progress.at(node.connections().getAsLong() - before, LOSSES, "lost replies");
    }
    long lost = node.connections().getAsLong() - before;
    return Outcome.of("F11", "the reply is lost and the write sent again", place)
        .tried(lost, "lost replies")
        .lost(wrong + unavailable, "writes with another effect or answer than one")
        .note(
            "%d of them unavailable; %s",
            unavailable,
            verbs.stream()
                .map(verb -> verb.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }
}
