package dev.statewise.tck;

import dev.statewise.spi.SessionStore;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit of a subject index, on the store of a breaker. Run by the kit's own tests alone. */
@ExtendWith(BrokenCase.class)
class BrokenIndexCase extends SubjectIndexTck {

  private final StoreWorld world;

  BrokenIndexCase(BrokenCase.World world) {
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
  protected int races() {
    return KitRun.RACES;
  }
}
