package dev.statewise.tck;

import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.spi.SessionStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Holds the in-memory store to the rules of a store. */
@DisplayName("CaffeineSessionStore keeps the rules of a session store")
class CaffeineSessionStoreTest extends SessionStoreTck {

  private final Map<String, SessionStore> stores = new HashMap<>();

  @Override
  protected SessionStore open(String namespace) {
    return stores.computeIfAbsent(namespace, name -> CaffeineSessionStore.create());
  }
}
