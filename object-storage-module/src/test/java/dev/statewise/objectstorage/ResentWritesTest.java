package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A write whose reply was lost, and what others do before the SDK sends it again. */
class ResentWritesTest {

  private static final Instant LATER = Samples.NOW.plusSeconds(60);

  private static S3Client client;

  private final String prefix = SharedS3.newPrefix();
  private final Session session = Samples.session();
  private final Session next = session.with("cart", "43").next(Samples.NOW.plusSeconds(1));
  private ObjectSessionStore others;

  @BeforeAll
  static void connect() {
    client = SharedS3.client();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @BeforeEach
  void create() {
    others = ObjectSessionStore.untried(client, SharedS3.BUCKET, prefix);
    others.create(session);
  }

  @AfterEach
  void heal() {
    SharedS3.server().heal();
  }

  @Test
  @DisplayName("a save MUST be REPLACED though it was touched before it was sent again")
  void touched() {
    ReplaceResult result =
        resent(() -> others.touch(session.key(), LATER), store -> store.replace(next));

    assertThat(result).isEqualTo(ReplaceResult.REPLACED);
    assertThat(others.find(session.key())).contains(next.seenAt(LATER));
  }

  @Test
  @DisplayName("a save MUST NOT bring back what was ended before it was sent again")
  void ended() {
    ReplaceResult result = resent(() -> others.delete(session.key()), store -> store.replace(next));

    assertThat(result).isEqualTo(ReplaceResult.GONE);
    assertThat(others.find(session.key())).isEmpty();
  }

  @Test
  @DisplayName("a save MUST NOT overwrite what was saved upon it before it was sent again")
  void saved() {
    Session third = next.with("cart", "44").next(LATER);

    ReplaceResult result = resent(() -> others.replace(third), store -> store.replace(next));

    assertThat(result).isEqualTo(ReplaceResult.CONFLICT);
    assertThat(others.find(session.key())).contains(third);
  }

  @Test
  @DisplayName("a touch MUST NOT bring back what was ended before it was sent again")
  void touchOfTheEnded() {
    boolean there =
        resent(() -> others.delete(session.key()), store -> store.touch(session.key(), LATER));

    assertThat(there).isFalse();
    assertThat(others.find(session.key())).isEmpty();
  }

  @Test
  @DisplayName("a create MUST be its own though it was saved before it was sent again")
  void created() {
    others.delete(session.key());

    boolean created = resent(() -> others.replace(next), store -> store.create(session));

    assertThat(created).isTrue();
    assertThat(others.find(session.key())).contains(next);
  }

  private <R> R resent(Runnable meanwhile, Function<ObjectSessionStore, R> write) {
    try (S3Client resending =
        SharedS3.client(SharedS3.server().endpoint(), 3, new BeforeAgain(meanwhile))) {
      SharedS3.server().loseNextReply();
      return write.apply(ObjectSessionStore.untried(resending, SharedS3.BUCKET, prefix));
    }
  }
}
