package dev.statewise.benchmarks.arm;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerServer;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Somebody else's sessions that stand beside the arms. A peer has no guarantees of ours; its gate
 * asks what every session must do, and what it answers is in the report.
 *
 * @param name begins with {@link #PREFIX}
 * @param meaning what it is and what one validation of it does
 * @param signsTokens whether it is a library for tokens, and not one for sessions on a server
 * @param needsServer whether it cannot be opened without a server
 * @param missing why it cannot be opened at all, if it cannot
 * @param open opens it, on a server if it needs one; its keys begin with the second
 */
public record PeerArm(
    String name,
    String meaning,
    boolean signsTokens,
    boolean needsServer,
    Optional<String> missing,
    BiFunction<Optional<PeerServer>, String, Peer> open) {

  /** What the name of every peer begins with, and that of no arm. */
  public static final String PREFIX = "peer-";

  static PeerArm missing(String name, boolean signsTokens, boolean needsServer, String why) {
    return new PeerArm(
        name,
        why,
        signsTokens,
        needsServer,
        Optional.of(why),
        (server, keyPrefix) -> {
          throw new IllegalStateException(name + " cannot be opened: " + why);
        });
  }

  /** Whether {@code name} is that of a peer. */
  public static boolean isPeer(String name) {
    return name.startsWith(PREFIX);
  }

  /** Why it cannot be measured on {@code redis}, as far as that can be told beforehand. */
  public Optional<String> absence(Optional<RedisAddress> redis) {
    if (missing.isPresent() || !needsServer) {
      return missing;
    }
    if (redis.isEmpty()) {
      return Optional.of("no Redis to ask");
    }
    return redis.get().isPlain()
        ? Optional.empty()
        : Optional.of("peers are connected without TLS, and this server wants it");
  }

  /** Opens it, with keys that begin with {@code keyPrefix}. */
  public Peer open(Optional<RedisAddress> redis, String keyPrefix) {
    return open.apply(redis.map(RedisAddress::forPeer), keyPrefix);
  }
}
