package dev.statewise.benchmarks.peer.vertx;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The stores of Vert.x' sessions in memory and on Redis. */
public final class VertxFamily implements PeerFamily {

  private static final String LOCAL = "peer-vertx-local";
  private static final String REDIS = "peer-vertx-redis";

  @Override
  public List<Kind> kinds() {
    return List.of(
        new Kind(
            LOCAL,
            "Vert.x' LocalSessionStore with its cleaning each second: get, setAccessed, put; nothing is copied",
            false),
        new Kind(
            REDIS,
            "Vert.x' RedisSessionStore, asked from outside its event loop: get, setAccessed, put",
            true));
  }

  @Override
  public Peer open(
      String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock) {
    return switch (kind) {
      case LOCAL -> VertxPeer.local(clock);
      case REDIS -> VertxPeer.onRedis(server.orElseThrow(), keyPrefix, clock);
      default -> throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    };
  }
}
