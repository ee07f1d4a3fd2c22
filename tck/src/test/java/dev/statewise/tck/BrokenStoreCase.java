package dev.statewise.tck;

import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit of a store, on the store of a breaker. Run by the kit's own tests alone. */
@ExtendWith(BrokenCase.class)
class BrokenStoreCase extends SessionStoreTck {

  private final StoreWorld world;

  BrokenStoreCase(BrokenCase.World world) {
    this.world = world.as(StoreWorld.class);
  }

  @Override
  protected SessionStore open(String namespace) {
    return world.open(namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return world.lostReplies(namespace);
  }

  @Override
  protected Optional<Duration> keptFor(String namespace, SessionKey key) {
    return world.keptFor(namespace, key);
  }

  @Override
  protected int races() {
    return KitRun.RACES;
  }
}
