package dev.statewise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Credential;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.session.Validation;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Plays every order in which the steps of a renewal and of a logout can be taken, on three nodes
 * and a list whose clocks are apart as far as they may be, and asks whether a token is accepted
 * when its refusal was forgotten.
 *
 * <p>A step is a reading of a clock, a call of the list, or the making of a token.
 */
@DisplayName("A renewal in flight during a logout")
class RenewalInFlightTest {

  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final SessionPolicy POLICY =
      SessionPolicy.builder()
          .idleTimeout(Duration.ofMinutes(8))
          .absoluteLifetime(Duration.ofHours(1))
          .clockSkew(SKEW)
          .build();

  /**
   * How long each step takes, which is nothing, no more than is prompt, more, and more than two
   * clocks differ; and how late another node hears of a refusal.
   */
  private record Pace(Duration pause, Duration staleness) {}

  private static final List<Pace> PACES =
      List.of(
          new Pace(Duration.ZERO, STALENESS),
          new Pace(Duration.ofMillis(250), Duration.ZERO),
          new Pace(Duration.ofSeconds(2), STALENESS),
          new Pace(Duration.ofSeconds(45), STALENESS));

  // Tokens end at whole seconds; a step before and one after such a second differ most.
  private static final Duration PART_OF_A_SECOND = Duration.ofMillis(800);

  /** A renewal is due after six of eight minutes, and at 57 of 60 the absolute end cuts it. */
  private static final List<Duration> AGES = List.of(Duration.ofMinutes(6), Duration.ofMinutes(57));

  private static final ExecutorService OTHER = Executors.newSingleThreadExecutor();

  @AfterAll
  static void close() {
    OTHER.shutdownNow();
  }

  /** What an actor does, on a node of its own. */
  private interface Act {
    void on(Node node, Session session, Credential token);
  }

  private static final Act RENEW = (node, session, token) -> node.sessions().validate(token);
  private static final Act SAVE = (node, session, token) -> node.sessions().save(session);
  private static final Act ROTATE = (node, session, token) -> node.sessions().rotate(session);
  private static final Act END = (node, session, token) -> node.sessions().end(session);
  private static final Act END_ALL =
      (node, session, token) -> node.sessions().endAll(session.subject());

  @Test
  @DisplayName("no token MUST be accepted once the refusal is gone, whatever the order of steps")
  void renewalAndLogout() {
    assertThat(play(RENEW, END).accepted()).isEmpty();
  }

  @Test
  @DisplayName("no token MUST be accepted once the refusal of a logout everywhere is gone")
  void renewalAndLogoutEverywhere() {
    assertThat(play(RENEW, END_ALL).accepted()).isEmpty();
  }

  @Test
  @DisplayName("no token of a save or a rotation in flight MUST be accepted once it is gone")
  void saveAndRotation() {
    assertThat(play(SAVE, END).accepted()).isEmpty();
    assertThat(play(SAVE, END_ALL).accepted()).isEmpty();
    assertThat(play(ROTATE, END).accepted()).isEmpty();
  }

  @Test
  @DisplayName("the orders MUST be such that some renewals come through and some are refused")
  void ordersReachBoth() {
    Played played = play(RENEW, END);

    assertThat(played.worlds()).isGreaterThan(1_000);
    assertThat(played.renewed()).isBetween(100, played.worlds() - 100);
  }

  @Test
  @DisplayName("a renewal that reads the clock after it asked the list MUST be found out")
  void readsTooLate() {
    Act late =
        (node, session, token) -> {
          if (!node.list().isRefused(session)) {
            TokenMint.of(node.tokens(), POLICY).renewal(session, node.clock().instant());
          }
        };

    assertThat(play(late, END).accepted()).isNotEmpty();
  }

  @Test
  @DisplayName("a logout that took long and is not written again MUST be found out")
  void writtenOnce() {
    Act once =
        (node, session, token) -> {
          Instant last =
              node.clock()
                  .instant()
                  .plus(node.list().traits().staleness())
                  .plus(POLICY.maxIdleTimeout());
          Instant until = last.isBefore(session.absoluteEnd()) ? last : session.absoluteEnd();
          node.list().refuseBelow(session.key(), Long.MAX_VALUE, until.plus(SKEW.multipliedBy(2)));
        };

    assertThat(play(RENEW, once).accepted()).isNotEmpty();
  }

  /**
   * What came of all worlds.
   *
   * @param renewed in how many the renewal made a token
   * @param accepted those in which a token was accepted when its refusal was gone
   */
  private record Played(int worlds, int renewed, List<String> accepted) {}

  private static Played play(Act renewal, Act logout) {
    int worlds = 0;
    int renewed = 0;
    List<String> accepted = new ArrayList<>();
    for (String order : orders(steps(renewal), steps(logout))) {
      for (Duration age : AGES) {
        for (Pace pace : PACES) {
          for (int clocks = 0; clocks < 16; clocks++) {
            World world = new World(order, age, pace, clocks);
            world.play(renewal, logout);
            worlds++;
            renewed += world.minted.size() - 1;
            if (world.acceptsWhenForgotten()) {
              accepted.add("%s, %s old, %s, clocks %d".formatted(order, age, pace, clocks));
            }
          }
        }
      }
    }
    return new Played(worlds, renewed, accepted);
  }

  /** How many steps the act has when every call is slow. */
  private static int steps(Act act) {
    World world = new World("", AGES.get(0), PACES.get(3), 0);
    act.on(world.node('R'), world.session, world.minted.get(0));
    return world.steps;
  }

  /** All ways to take so many steps of R and so many of L. */
  private static List<String> orders(int renewal, int logout) {
    if (renewal == 0 || logout == 0) {
      return List.of("R".repeat(renewal) + "L".repeat(logout));
    }
    List<String> orders = new ArrayList<>();
    orders(renewal - 1, logout).forEach(rest -> orders.add("R" + rest));
    orders(renewal, logout - 1).forEach(rest -> orders.add("L" + rest));
    return orders;
  }

  private record Node(
      InstantSource clock, RevocationList list, TokenService tokens, HybridSessions sessions) {}

  /** Three nodes: R renews, L logs out, C is asked afterwards. And a list. */
  private static final class World {

    private final RememberedTokens remembered = new RememberedTokens();
    private final List<Credential> minted = new ArrayList<>();
    private final HandClock time = new HandClock();
    private final Turns turns;
    private final Duration pause;
    private final int clocks;
    private final ExactList list;
    private final Session session;
    private int steps;

    World(String order, Duration age, Pace pace, int clocks) {
      this.turns = new Turns(order);
      this.pause = pace.pause();
      this.clocks = clocks;
      this.list = new ExactList(time, ahead(3), pace.staleness());
      this.session = aged(age);
      time.advance(PART_OF_A_SECOND);
      minted.add(remembered.issue(session));
    }

    void play(Act renewal, Act logout) {
      CompletableFuture<Void> other = CompletableFuture.runAsync(() -> act(logout, 'L'), OTHER);
      act(renewal, 'R');
      other.join();
    }

    private void act(Act act, char actor) {
      try {
        act.on(node(actor), session, minted.get(0));
      } finally {
        turns.finish(actor);
      }
    }

    boolean acceptsWhenForgotten() {
      HybridSessions asked =
          HybridSessions.over(remembered, list.on('C'), POLICY)
              .withClock(() -> time.instant().plus(ahead(2)));
      if (time.instant().isBefore(list.forgottenAt())) {
        time.set(list.forgottenAt());
      }
      return minted.stream()
          .anyMatch(token -> asked.validate(token) instanceof Validation.Accepted);
    }

    /** Each clock is right, or ahead as far as two clocks may be apart. */
    private Duration ahead(int clock) {
      return (clocks >> clock & 1) == 0 ? Duration.ZERO : SKEW;
    }

    private Node node(char actor) {
      InstantSource clock =
          () -> step(actor, () -> time.instant().plus(ahead(actor == 'R' ? 0 : 1)));
      RevocationList asked = new Stepping(actor, list.on(actor));
      TokenService tokens = new Minting(actor);
      return new Node(
          clock, asked, tokens, HybridSessions.over(tokens, asked, POLICY).withClock(clock));
    }

    private <T> T step(char actor, Supplier<T> step) {
      return turns.step(
          actor,
          () -> {
            T result = step.get();
            steps++;
            time.advance(pause);
            return result;
          });
    }

    /** The making of a token is a step; reading one is not. */
    private final class Minting implements TokenService {

      private final char actor;

      Minting(char actor) {
        this.actor = actor;
      }

      @Override
      public Credential issue(Session issued) {
        return step(
            actor,
            () -> {
              Credential token = remembered.issue(issued);
              minted.add(token);
              return token;
            });
      }

      @Override
      public Verification verify(Credential token, Instant now) {
        return remembered.verify(token, now);
      }

      @Override
      public int maxTokenBytes() {
        return remembered.maxTokenBytes();
      }

      @Override
      public int maxStateBytes() {
        return remembered.maxStateBytes();
      }
    }

    private final class Stepping implements RevocationList {

      private final char actor;
      private final RevocationList asked;

      Stepping(char actor, RevocationList asked) {
        this.actor = actor;
        this.asked = asked;
      }

      @Override
      public Acknowledgement refuseBelow(SessionKey key, long version, Instant until) {
        return step(actor, () -> asked.refuseBelow(key, version, until));
      }

      @Override
      public Acknowledgement refuseCreatedBefore(String subject, Instant before, Instant until) {
        return step(actor, () -> asked.refuseCreatedBefore(subject, before, until));
      }

      @Override
      public Acknowledgement refuseAllCreatedBefore(Instant before, Instant until) {
        return step(actor, () -> asked.refuseAllCreatedBefore(before, until));
      }

      @Override
      public Instant floor(String subject) {
        return step(actor, () -> asked.floor(subject));
      }

      @Override
      public boolean isRefused(Session asking) {
        return step(actor, () -> asked.isRefused(asking));
      }

      @Override
      public ListTraits traits() {
        return asked.traits();
      }

      @Override
      public void close() {}
    }
  }

  /** Last seen six minutes ago. */
  private static Session aged(Duration age) {
    Instant created = HandClock.START.minus(age);
    return Session.restore(
        new SessionKey("abcdefghijklmno"),
        "alice",
        SecretHash.NONE,
        1,
        created,
        HandClock.START.minus(Duration.ofMinutes(6)),
        POLICY.idleTimeout(),
        created.plus(POLICY.absoluteLifetime()),
        Map.of());
  }
}
