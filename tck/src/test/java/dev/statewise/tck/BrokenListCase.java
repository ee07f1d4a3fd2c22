package dev.statewise.tck;

import dev.statewise.session.Session;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit of a revocation list, on the list of a breaker. Run by the kit's own tests alone. */
@ExtendWith(BrokenCase.class)
class BrokenListCase extends RevocationListTck {

  private final ListWorld world;

  BrokenListCase(BrokenCase.World world) {
    this.world = world.as(ListWorld.class);
  }

  @Override
  protected RevocationList open(String namespace, InstantSource clock) {
    return world.open(namespace, clock);
  }

  @Override
  protected Optional<LostReplies<RevocationList>> lostReplies(
      String namespace, InstantSource clock) {
    return world.lostReplies(namespace, clock);
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, Session session) {
    return world.keptFor(namespace, session);
  }

  @Override
  protected int races() {
    return KitRun.RACES;
  }
}
