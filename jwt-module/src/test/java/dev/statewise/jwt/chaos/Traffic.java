package dev.statewise.jwt.chaos;

import static java.util.Objects.requireNonNull;

import dev.statewise.jwt.chaos.RemoteNode.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients who get tokens at one node and show them to another, all the time. */
final class Traffic implements AutoCloseable {

  private static final List<Lane> LANES = List.of(Lane.values());
  private static final int CLIENTS = 2;
  private static final long PAUSE_NANOS = 500_000;
  private static final Pattern EXPIRY = Pattern.compile("\"exp\":(\\d+)");
  private static final Pattern KID = Pattern.compile("\"kid\":\"(\\w+)\"");

  private final Fleet fleet;
  private final Map<Lane, Tally> tallies = new EnumMap<>(Lane.class);
  private final AtomicLong unanswered = new AtomicLong();
  private final ReadWriteLock clock = new ReentrantReadWriteLock();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<Future<?>> clients = new ArrayList<>();
  private volatile boolean over;

  Traffic(Fleet fleet) {
    this.fleet = fleet;
    for (Lane lane : LANES) {
      tallies.put(lane, new Tally());
    }
    for (int i = 0; i < CLIENTS; i++) {
      long seed = i;
      clients.add(threads.submit(() -> visit(new Random(seed))));
    }
  }

  Tally of(Lane lane) {
    return requireNonNull(tallies.get(lane));
  }

  /** How many requests met a node that was just being stopped. */
  long unanswered() {
    return unanswered.get();
  }

  void pass(Duration time) {
    clock.writeLock().lock();
    try {
      fleet.pass(time);
    } finally {
      clock.writeLock().unlock();
    }
  }

  /** Lets go of what was kept. */
  void forgetKept() {
    tallies.values().forEach(tally -> tally.kept.clear());
  }

  /** A new token of every node, kept and shown to every node, in each lane. */
  void freshTokensEverywhere() {
    for (Lane lane : LANES) {
      for (int from = 0; from < Fleet.NODES; from++) {
        try {
          String token = fleet.node(from).open(lane, "alice").body();
          of(lane).kept.add(token);
          showEverywhere(lane, token);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Each token that was kept, shown to every node; what it was renewed to is kept as well. */
  void keptTokensEverywhere() {
    for (Lane lane : LANES) {
      for (String token : List.copyOf(of(lane).kept)) {
        String renewal = showEverywhere(lane, token);
        if (!renewal.isEmpty()) {
          of(lane).kept.add(renewal);
        }
      }
    }
  }

  private String showEverywhere(Lane lane, String token) {
    String renewal = "";
    for (int to = 0; to < Fleet.NODES; to++) {
      try {
        renewal = show(lane, token, fleet.node(to));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return renewal;
  }

  private void visit(Random random) {
    Map<Lane, String> tokens = new EnumMap<>(Lane.class);
    while (!over) {
      Lane lane = LANES.get(random.nextInt(LANES.size()));
      clock.readLock().lock();
      try {
        RemoteNode node = fleet.node(random.nextInt(Fleet.NODES));
        String token = tokens.get(lane);
        if (token == null || random.nextInt(4) == 0) {
          tokens.put(lane, node.open(lane, "bob").body());
        } else {
          String renewal = show(lane, token, node);
          tokens.put(lane, renewal.isEmpty() ? token : renewal);
        }
      } catch (IOException e) {
        unanswered.incrementAndGet();
      } finally {
        clock.readLock().unlock();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Its renewal, or nothing. */
  private String show(Lane lane, String token, RemoteNode node) throws IOException {
    Instant end = Instant.ofEpochSecond(Long.parseLong(said(EXPIRY, part(token, 1))));
    Instant before = fleet.now();
    Answer answer = node.validate(lane, token);
    Instant after = fleet.now();
    boolean accepted = answer.status() == 200;
    Tally tally = of(lane);
    if (end.isAfter(after.plus(Fleet.SKEW))) {
      tally.judged.incrementAndGet();
      tally.livingRefused.addAndGet(accepted ? 0 : 1);
      count(tally, said(KID, part(token, 0)), node.step());
    } else if (end.isBefore(before.minus(Fleet.SKEW))) {
      tally.deadAccepted.addAndGet(accepted ? 1 : 0);
    }
    return accepted ? answer.body() : "";
  }

  private void count(Tally tally, String kid, Step judge) {
    if (kid.equals(fleet.nextKid()) && judge == Step.OLD_AND_NEXT) {
      tally.ahead.incrementAndGet();
    } else if (kid.equals(fleet.oldKid()) && judge == Step.NEXT_AND_RETIRING) {
      tally.behind.incrementAndGet();
    }
  }

  private static String part(String token, int index) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8);
  }

  private static String said(Pattern pattern, String json) {
    Matcher matcher = pattern.matcher(json);
    if (!matcher.find()) {
      throw new AssertionError("a token of ours without " + pattern);
    }
    return matcher.group(1);
  }

  /**
   * Ends the traffic.
   *
   * @throws AssertionError if a client threw anything
   */
  @Override
  public void close() {
    over = true;
    threads.shutdown();
    for (Future<?> client : clients) {
      try {
        client.get();
      } catch (ExecutionException e) {
        throw new AssertionError("A client could not go on.", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("The experiment was interrupted.", e);
      }
    }
  }
}
