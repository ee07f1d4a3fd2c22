package dev.statewise.jwt;

import static dev.statewise.jwt.RefreshWorld.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.SessionListener;
import dev.statewise.session.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A redemption that races with an ending")
class RefreshRacesTest {

  private static final int RACES = Integer.getInteger("statewise.races", 2_000);
  private static final int REDEEMERS = 2;

  private final RefreshWorld world = new RefreshWorld();
  private final RefreshTokens refresh = world.refresh.withListener(new SessionListener() {});

  @Test
  @DisplayName("MUST leave no token alive when the family is ended by its refresh token")
  void end() throws Exception {
    race(grant -> refresh.end(grant.refresh()));
  }

  @Test
  @DisplayName("MUST leave no token alive when the subject is logged out everywhere")
  void endAll() throws Exception {
    race(grant -> refresh.endAll("alice"));
  }

  @Test
  @DisplayName("MUST leave no token alive when the session is ended at the front door")
  void frontDoor() throws Exception {
    race(grant -> world.sessions.end(grant.access().session()));
  }

  private void race(Consumer<RefreshGrant> ending) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(REDEEMERS + 1);
    try {
      int alive = 0;
      for (int i = 0; i < RACES; i++) {
        // Each logout everywhere is a millisecond later than the one before.
        world.advance(Duration.ofMillis(2));
        alive += alive(threads, RefreshWorld.open(refresh), ending);
      }
      assertThat(alive).as("tokens alive after %,d races", RACES).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  private int alive(ExecutorService threads, RefreshGrant first, Consumer<RefreshGrant> ending)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(REDEEMERS + 1);
    List<RefreshGrant> granted = Collections.synchronizedList(new ArrayList<>(List.of(first)));
    Callable<Boolean> redeemer =
        () -> {
          start.await();
          return redeemInTurn(first.refresh(), granted);
        };
    Callable<Boolean> ender =
        () -> {
          start.await();
          ending.accept(first);
          return true;
        };
    List<Callable<Boolean>> all = new ArrayList<>(Collections.nCopies(REDEEMERS, redeemer));
    all.add(ender);
    for (Future<Boolean> done : threads.invokeAll(all)) {
      done.get();
    }
    return (int) granted.stream().filter(this::isAlive).count();
  }

  private boolean redeemInTurn(Credential first, List<RefreshGrant> granted) {
    Credential token = first;
    for (int i = 0; i < 3; i++) {
      if (!(refresh.redeem(token, STATE) instanceof Redemption.Redeemed redeemed)) {
        return false;
      }
      granted.add(redeemed.grant());
      token = redeemed.grant().refresh();
    }
    return true;
  }

  private boolean isAlive(RefreshGrant grant) {
    return world.accepts(grant.access())
        || refresh.redeem(grant.refresh(), STATE) instanceof Redemption.Redeemed;
  }
}
