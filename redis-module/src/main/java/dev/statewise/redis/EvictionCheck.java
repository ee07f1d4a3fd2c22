package dev.statewise.redis;

import dev.statewise.spi.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Whether a server evicts, asked of it at the first use and once a minute after that. The policy
 * alone decides: a {@code maxmemory} of 0 is changed while the server runs, when memory is short,
 * and what is evicted before the next look is gone for good.
 *
 * <p>The thread that finds the verdict old asks, one round trip for each server; the others go on
 * with the old one. A verdict against the server is old after a second, so that it is soon of use
 * again when it is mended.
 */
final class EvictionCheck {

  /** The one policy that drops nothing. */
  static final String KEEPS_ALL = "noeviction";

  private static final long AGAIN = TimeUnit.MINUTES.toNanos(1);
  private static final long AGAIN_IF_REFUSED = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final AtomicReference<@Nullable Verdict> last = new AtomicReference<>();

  private record Verdict(@Nullable String complaint, long due) {}

  /**
   * Of one client; shared by the lists on it.
   *
   * @param nanos ticks as {@code System.nanoTime()}
   */
  EvictionCheck(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Passes if no server evicts.
   *
   * @param verb what is not done otherwise
   * @throws StoreUnavailableException if one does, or does not say, or none answers
   */
  void requireNone(String verb, RedisCalls calls) {
    String complaint = verdict(verb, calls).complaint();
    if (complaint != null) {
      throw new StoreUnavailableException(
          "%s was not sent to %s: %s".formatted(verb, calls.endpoint(), complaint), null);
    }
  }

  private Verdict verdict(String verb, RedisCalls calls) {
    Verdict known = last.get();
    if (known == null) {
      return settle(null, ask(verb, calls));
    }
    long now = nanos.getAsLong();
    Verdict claimed = new Verdict(known.complaint(), now + AGAIN);
    if (now - known.due() < 0 || !last.compareAndSet(known, claimed)) {
      return known;
    }
    return askAgain(verb, calls, known, claimed);
  }

  private Verdict askAgain(String verb, RedisCalls calls, Verdict known, Verdict claimed) {
    try {
      return settle(claimed, ask(verb, calls));
    } catch (StoreUnavailableException e) {
      last.compareAndSet(claimed, known);
      throw e;
    }
  }

  private Verdict settle(@Nullable Verdict before, Optional<String> complaint) {
    long again = complaint.isPresent() ? AGAIN_IF_REFUSED : AGAIN;
    Verdict verdict = new Verdict(complaint.orElse(null), nanos.getAsLong() + again);
    last.compareAndSet(before, verdict);
    return verdict;
  }

  private static Optional<String> ask(String verb, RedisCalls calls) {
    return calls.ask(verb, client -> complaint(policies(nodes(calls, client))));
  }

  private static List<Node> nodes(RedisCalls calls, UnifiedJedis client) {
    return calls
        .connection()
        .filter(connection -> connection.kind() == RedisConnection.Kind.CLUSTER)
        .map(Node::mastersAt)
        .orElseGet(() -> Node.behind(client));
  }

  /** Of those that answer: one that does not evicts nothing, and is asked when it is back. */
  private static List<String> policies(List<Node> nodes) {
    List<String> policies = new ArrayList<>();
    JedisConnectionException lost = null;
    for (Node node : nodes) {
      try (node) {
        policies.add(policy(node));
      } catch (JedisConnectionException e) {
        lost = e;
      }
    }
    if (policies.isEmpty() && lost != null) {
      throw lost;
    }
    return policies;
  }

  /** Empty if the server does not say. */
  private static String policy(Node node) {
    try {
      return Info.of(node).text("maxmemory_policy").orElse("");
    } catch (JedisDataException e) {
      if (Info.isBarred(e)) {
        return "";
      }
      throw e;
    }
  }

  private static Optional<String> complaint(List<String> policies) {
    Optional<String> evicting =
        policies.stream().filter(policy -> !policy.equals(KEEPS_ALL)).findFirst();
    if (policies.isEmpty() || evicting.filter(String::isEmpty).isPresent()) {
      return Optional.of(
          "the server does not say whether it evicts, and one that does forgets refusals, so that an ended session would live again. Answer 503, not 401. Let the client's user run INFO; or, if you know that its maxmemory-policy is noeviction or can bear what is lost, say acceptingEviction() in code.");
    }
    return evicting.map(
        policy ->
            "the server evicts (maxmemory-policy %s), so that it may forget a refusal and an ended session would live again. Answer 503, not 401. Run CONFIG SET maxmemory-policy noeviction and put it into redis.conf; or, if you can bear that, say acceptingEviction() in code."
                .formatted(policy));
  }
}
