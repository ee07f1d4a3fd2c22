package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.spi.Acknowledgement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** The floors as the server has them: each question is a script, and one round trip. */
final class FloorSource {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final RedisCalls calls;
  private final ListSettings settings;
  private final Generation generation;
  private final EvictionCheck eviction;

  /** What the script said, and whether the replicas that were asked for have it. */
  private record Raised(Reply reply, boolean kept) {}

  FloorSource(RedisCalls calls, ListSettings settings, Generation generation) {
    this.calls = calls;
    this.settings = settings;
    this.generation = generation;
    this.eviction = new EvictionCheck(settings.ticker());
  }

  boolean isRefused(Session session) {
    KeySpace keys = settings.keys();
    long[] floors =
        floors(
            "IS REFUSED",
            keys.sessionFloor(session.key()),
            keys.subjectFloor(session.subject()),
            keys.floorOfAll());
    long createdAt = session.createdAt().toEpochMilli();
    return session.version() < floors[1]
        || createdAt < Math.max(floors[0], Math.max(floors[2], floors[3]));
  }

  Instant floor(String subject) {
    KeySpace keys = settings.keys();
    long[] floors = floors("FLOOR", keys.subjectFloor(subject), keys.floorOfAll());
    return Instant.ofEpochMilli(Math.max(floors[0], Math.max(floors[1], floors[2])));
  }

  /** Raises a floor and tells the log of it, in one step. */
  Acknowledgement raise(FloorName name, long floor, Instant until) {
    return calls.together(() -> raised(name, floor, until));
  }

  private Acknowledgement raised(FloorName name, long floor, Instant until) {
    requireNoEviction("REFUSE");
    byte[] tag = new byte[Floor.TAG_LENGTH];
    RANDOM.nextBytes(tag);
    List<byte[]> arguments =
        List.of(
            Floor.encode(tag, floor),
            Generation.text(keep(until)),
            name.text().getBytes(StandardCharsets.US_ASCII),
            Generation.text(Millis.ceiling(until)));
    if (!calls.isOfCluster()) {
      List<byte[]> keys = List.of(name.at(), settings.keys().log());
      return answer(run(Script.RAISE, keys, arguments), name.at());
    }
    // The log first: what was acknowledged is in it, whatever becomes of the floor's own server.
    Raised told = run(Script.TELL, List.of(settings.keys().log()), arguments);
    Raised raised = run(Script.RAISE, List.of(name.at()), arguments);
    return answer(new Raised(raised.reply(), told.kept() && raised.kept()), name.at());
  }

  private Raised run(Script script, List<byte[]> keys, List<byte[]> arguments) {
    return settings.replicas() == 0
        ? calls.ask(
            "REFUSE",
            client -> new Raised(reply(script, client::executeCommand, keys, arguments), true))
        : calls.ask(
            "REFUSE",
            client ->
                calls.onOneConnection(
                    keys.get(0), sender -> acknowledged(script, sender, keys, arguments)));
  }

  /**
   * @throws dev.statewise.spi.StoreUnavailableException if the server evicts, and nobody said that
   *     it may
   */
  void requireNoEviction(String verb) {
    if (!settings.acceptingEviction()) {
      eviction.requireNone(verb, calls);
    }
  }

  /** Since when no refusal was lost, and then each floor. */
  private long[] floors(String verb, byte[]... floorKeys) {
    return calls.together(() -> floorsAt(verb, floorKeys));
  }

  private long[] floorsAt(String verb, byte[]... floorKeys) {
    requireNoEviction(verb);
    byte[][] keys = new byte[floorKeys.length + 1][];
    keys[0] = settings.keys().generation();
    System.arraycopy(floorKeys, 0, keys, 1, floorKeys.length);
    List<?> told =
        calls.ask(
            verb,
            client ->
                (List<?>)
                    Script.FLOORS.run(
                        client::executeCommand,
                        List.of(keys),
                        generation.arguments(false),
                        generation.arguments(true)));
    long[] floors = new long[keys.length];
    floors[0] = Long.parseLong(new String((byte[]) told.get(0), StandardCharsets.US_ASCII));
    generation.saw(floors[0]);
    for (int i = 1; i < floors.length; i++) {
      floors[i] = floorIn((byte[]) told.get(i), verb, keys[i]);
    }
    return floors;
  }

  private long floorIn(byte[] value, String verb, byte[] key) {
    if (!Floor.isReadable(value)) {
      throw Floor.isNewer(value) ? calls.newer(verb, key) : calls.unreadable(verb, key);
    }
    return Floor.decode(value);
  }

  /**
   * Waits for the replicas on the connection that wrote. Also for a floor that was as high before:
   * whoever raised it may have been left without their word.
   */
  private Raised acknowledged(
      Script script,
      Function<CommandArguments, Object> sender,
      List<byte[]> keys,
      List<byte[]> arguments) {
    Reply reply = reply(script, sender, keys, arguments);
    CommandArguments wait =
        new CommandArguments(Protocol.Command.WAIT)
            .add(settings.replicas())
            .add(settings.acknowledgedWithin().toMillis());
    long replicas = (Long) sender.apply(wait);
    return new Raised(reply, replicas >= settings.replicas());
  }

  private static Reply reply(
      Script script,
      Function<CommandArguments, Object> sender,
      List<byte[]> keys,
      List<byte[]> arguments) {
    Object told = script.run(sender, keys, arguments, arguments);
    return Reply.valueOf(new String((byte[]) told, StandardCharsets.US_ASCII));
  }

  private Acknowledgement answer(Raised raised, byte[] key) {
    return switch (raised.reply()) {
      case NEWER -> throw calls.newer("REFUSE", key);
      case UNREADABLE -> throw calls.unreadable("REFUSE", key);
      case DONE -> raised.kept() ? Acknowledgement.RAISED : Acknowledgement.UNCONFIRMED;
      default -> raised.kept() ? Acknowledgement.ALREADY : Acknowledgement.UNCONFIRMED;
    };
  }

  // Never skipped and never cut to nothing because this node's clock thinks `until` has passed.
  private long keep(Instant until) {
    long left = Millis.ceiling(until) - Millis.floor(settings.clock().instant());
    return Math.max(left, 0) + RedisSessionStore.MARGIN.toMillis();
  }
}
