package dev.statewise.tck.guide;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

class MapSessionStoreTest extends SessionStoreTck {

  private final Map<String, ConcurrentMap<SessionKey, Session>> states = new ConcurrentHashMap<>();

  @Override
  protected SessionStore open(String namespace) { // the same name twice: two handles on one state
    return new MapSessionStore(
        states.computeIfAbsent(namespace, name -> new ConcurrentHashMap<>()));
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return Optional.of(new ForgetfulHandle(open(namespace)));
  }
}
