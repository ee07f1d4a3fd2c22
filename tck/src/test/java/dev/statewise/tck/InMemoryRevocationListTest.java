package dev.statewise.tck;

import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.spi.RevocationList;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Holds the in-memory list to the rules of a revocation list. */
@DisplayName("InMemoryRevocationList keeps the rules of a revocation list")
class InMemoryRevocationListTest extends RevocationListTck {

  private final Map<String, RevocationList> lists = new HashMap<>();

  @Override
  protected RevocationList open(String namespace, InstantSource clock) {
    return lists.computeIfAbsent(namespace, name -> InMemoryRevocationList.create(clock));
  }
}
