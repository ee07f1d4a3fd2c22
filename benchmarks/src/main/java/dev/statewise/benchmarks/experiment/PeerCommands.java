package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.RedisAddress;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.embedded.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each operation of a peer asks of a store, counted as that of an arm. Nothing is declared of
 * a peer; that the server counts as many commands as passed on the socket is checked.
 */
final class PeerCommands {

  private static final String NO_SUCH_OPERATION = "the peer has no such operation";

  private final String keyPrefix;
  private final List<String> findings = new ArrayList<>();

  PeerCommands(String keyPrefix) {
    this.keyPrefix = keyPrefix;
  }

  static List<ArmResult> absent(PeerArm peer, String reason) {
    return List.of(Operation.values()).stream()
        .map(operation -> Counting.absent(peer.name(), operation, reason))
        .toList();
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  List<ArmResult> measure(PeerArm arm, RedisAddress server) {
    List<ArmResult> results = new ArrayList<>();
    try (TcpProxy proxy = TcpProxy.to(server.via().getHost(), server.via().getPort());
        CommandStats stats = CommandStats.of(server);
        Peer peer =
            arm.open(
                Optional.of(server.through(proxy.host(), proxy.port())),
                keyPrefix + "e6:" + arm.name())) {
      for (Operation operation : Operation.values()) {
        results.add(measure(arm, operation, peer, proxy, stats));
      }
    }
    return results;
  }

  private ArmResult measure(
      PeerArm arm, Operation operation, Peer peer, TcpProxy proxy, CommandStats stats) {
    Optional<String> impossible = perform(peer, operation, opened(peer, 0), 0);
    if (impossible.isPresent()) {
      return Counting.absent(arm.name(), operation, impossible.get());
    }
    String[] ids = new String[Counting.SAMPLES];
    for (int at = 0; at < ids.length; at++) {
      ids[at] = opened(peer, at);
      peer.request(ids[at]);
    }
    Map<String, Long> before = stats.calls();
    List<Traffic> samples =
        Counting.samples(proxy::traffic, at -> perform(peer, operation, ids[at], at));
    long onSocket = samples.stream().mapToLong(Traffic::commands).sum();
    Map<String, Long> calls = stats.since(before);
    long onServer = calls.values().stream().mapToLong(Long::longValue).sum();
    if (onSocket != onServer) {
      findings.add(
          "%s %s: %d commands on the socket, and the server counts %d: %s"
              .formatted(arm.name(), operation, onSocket, onServer, calls));
    }
    return Counting.result(
        arm.name(), operation, samples, List.of(Counting.onServer("serverCommands", onServer)));
  }

  /** Returns why the peer does no such thing, if it does not. */
  private static Optional<String> perform(Peer peer, Operation operation, String id, int at) {
    return switch (operation) {
      case OPEN -> done(!opened(peer, at).isEmpty());
      case VALIDATE -> done(peer.request(id) >= 0);
      case VALIDATE_TOUCH ->
          Optional.of("the peer touches at every validation or at none: see validate");
      case SAVE -> Optional.of("the peer saves what it found itself: see validate-save");
      case VALIDATE_SAVE -> done(peer.change(id, "cart", "%05d".formatted(at)));
      case ROTATE ->
          peer.rotate(id).isPresent() ? Optional.empty() : Optional.of(NO_SUCH_OPERATION);
      case END -> peer.end(id) ? Optional.empty() : Optional.of(NO_SUCH_OPERATION);
      case LIST ->
          peer.list(subject(at)).isPresent() ? Optional.empty() : Optional.of(NO_SUCH_OPERATION);
      case END_ALL -> Optional.of(NO_SUCH_OPERATION);
    };
  }

  private static Optional<String> done(boolean expected) {
    if (!expected) {
      throw new IllegalStateException("A peer did not find a session that it had just opened.");
    }
    return Optional.empty();
  }

  private static String opened(Peer peer, int at) {
    return peer.open(subject(at), Profile.TYP.attributes());
  }

  private static String subject(int at) {
    return "user-%05d".formatted(at);
  }
}
