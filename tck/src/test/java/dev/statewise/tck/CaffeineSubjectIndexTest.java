package dev.statewise.tck;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.spi.SessionStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Holds the in-memory store to the rules of a subject index. */
@DisplayName("CaffeineSessionStore keeps the rules of a subject index")
class CaffeineSubjectIndexTest extends SubjectIndexTck {

  private final Map<String, SessionStore> stores = new HashMap<>();

  @Override
  protected SessionStore open(String namespace) {
    return stores.computeIfAbsent(namespace, name -> CaffeineSessionStore.create());
  }
}
