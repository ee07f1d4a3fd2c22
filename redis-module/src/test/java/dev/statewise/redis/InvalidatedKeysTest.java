package dev.statewise.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key that the server says was changed")
class InvalidatedKeysTest {

  private static final SessionKey KEY = Samples.session().key();

  @Test
  @DisplayName("MUST be known as the session's that lies there, whatever the prefix")
  void sessions() {
    for (String prefix : new String[] {"sw:", "x", "\u20ac:\ud83d\ude00:"}) {
      KeySpace keys = new KeySpace(prefix);

      assertEquals(Optional.of(KEY), new InvalidatedKeys(keys).session(keys.session(KEY)), prefix);
    }
  }

  @Test
  @DisplayName("MUST NOT be taken for a session's if something else lies there")
  void others() {
    InvalidatedKeys keys = new InvalidatedKeys(KeySpace.DEFAULT);
    String own = new String(KeySpace.DEFAULT.session(KEY), StandardCharsets.UTF_8);

    assertEquals(Optional.empty(), keys.session(KeySpace.DEFAULT.sessionFloor(KEY)));
    assertEquals(Optional.empty(), keys.session(KeySpace.DEFAULT.subjectFloor("ann")));
    assertEquals(Optional.empty(), keys.session(KeySpace.DEFAULT.floorOfAll()));
    assertEquals(Optional.empty(), keys.session(new KeySpace("sx:").session(KEY)));
    for (String other :
        new String[] {
          "", "sw:{", own + "x", own.substring(1), own.replace(":s:", ":s."), own.replace('}', '{')
        }) {
      assertEquals(Optional.empty(), keys.session(other.getBytes(StandardCharsets.UTF_8)), other);
    }
    byte[] hostile = KeySpace.DEFAULT.session(KEY);
    hostile[hostile.length - 1] = (byte) 0xff;
    assertEquals(Optional.empty(), keys.session(hostile), "not an alphabet of ours");
  }
}
