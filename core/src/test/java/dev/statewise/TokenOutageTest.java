package dev.statewise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.Session;
import dev.statewise.session.Unavailable;
import dev.statewise.session.Validation;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A token service that cannot verify")
class TokenOutageTest {

  private static final SessionPolicy POLICY =
      SessionPolicy.builder().absoluteLifetime(Duration.ofHours(1)).build();

  /** As a device that keeps the keys: it can be unplugged. */
  private static final class Unplugged implements TokenService {
    private final TokenService plugged = new RememberedTokens();
    private boolean isGone;

    @Override
    public Credential issue(Session session) {
      return plugged.issue(session);
    }

    @Override
    public Verification verify(Credential token, Instant now) {
      if (isGone) {
        throw new StoreUnavailableException("VERIFY", "the device", Duration.ZERO, null);
      }
      return plugged.verify(token, now);
    }

    @Override
    public int maxTokenBytes() {
      return plugged.maxTokenBytes();
    }

    @Override
    public int maxStateBytes() {
      return plugged.maxStateBytes();
    }
  }

  private record FrontDoor(Sessions sessions, Unplugged tokens, RecordingListener told) {}

  static Stream<FrontDoor> frontDoors() {
    Unplugged one = new Unplugged();
    Unplugged other = new Unplugged();
    RecordingListener listener = new RecordingListener();
    RecordingListener second = new RecordingListener();
    return Stream.of(
        new FrontDoor(StatelessSessions.over(one, POLICY).withListener(listener), one, listener),
        new FrontDoor(
            HybridSessions.over(other, InMemoryRevocationList.create(), POLICY)
                .withListener(second),
            other,
            second));
  }

  @ParameterizedTest
  @MethodSource("frontDoors")
  @DisplayName("MUST make validate and end Unavailable, never reject, and change nothing")
  void unavailable(FrontDoor door) {
    Credential token = door.sessions().open("alice", Map.of()).grantOrThrow().credential();
    door.tokens().isGone = true;
    door.told().told.clear();

    Validation validation = door.sessions().validate(token);
    Ending ending = door.sessions().end(token);

    assertThat(validation)
        .isInstanceOfSatisfying(
            Unavailable.class,
            unavailable -> assertThat(unavailable.dependency()).isEqualTo("token service"));
    assertThat(ending).isInstanceOf(Unavailable.class);
    assertThat(door.told().told)
        .isEqualTo(List.of("unavailable token service", "unavailable token service"));
    door.tokens().isGone = false;
    assertThat(door.sessions().validate(token)).isInstanceOf(Validation.Accepted.class);
  }
}
