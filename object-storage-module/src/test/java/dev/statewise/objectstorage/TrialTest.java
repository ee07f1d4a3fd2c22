package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.Guarantees;
import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket is tried at construction, and its promises are those of its server. */
class TrialTest {

  @ParameterizedTest(name = "a server that takes no notice of {0} MUST be refused: {1}")
  @CsvSource({"If-Match, brings the session back", "If-None-Match, whoever knows a key"})
  void ignoresConditions(String header, String meaning) {
    try (S3Client careless = SharedS3.without(header)) {
      assertThatThrownBy(
              () -> ObjectSessionStore.over(careless, SharedS3.BUCKET, SharedS3.newPrefix()))
          .isInstanceOf(UnfitBucketException.class)
          .hasMessageContainingAll(header, meaning, "Use a server with conditional writes");
    }
  }

  @Test
  @DisplayName("what was tried on an unfit server MUST be deleted as well")
  void leavesNothing() {
    String prefix = SharedS3.newPrefix();
    try (S3Client careless = SharedS3.without("If-Match")) {
      assertThatThrownBy(() -> ObjectSessionStore.over(careless, SharedS3.BUCKET, prefix))
          .isInstanceOf(UnfitBucketException.class);

      assertThat(
              careless.listObjectsV2(all -> all.bucket(SharedS3.BUCKET).prefix(prefix)).contents())
          .isEmpty();
    }
  }

  @Test
  @DisplayName("a server that may not be listed MUST be an outage that names the permission")
  void mayNotList() {
    try (S3Client client = SharedS3.client()) {
      SharedS3.server().answerNext("GET", 403, "AccessDenied");

      assertThatThrownBy(
              () -> ObjectSessionStore.over(client, SharedS3.BUCKET, SharedS3.newPrefix()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("s3:ListBucket");
    }
  }

  @Test
  @DisplayName(
      "an outage during the trial MUST be told with its cause, not with that of cleaning up")
  void tellsTheFirstOutage() {
    SharedS3.server().delay(Duration.ofSeconds(5));
    try (S3Client client = SharedS3.client()) {
      S3Api api = new S3Api(client, SharedS3.BUCKET);

      assertThatThrownBy(() -> Trial.of(api, ObjectNames.DEFAULT, Duration.ofMillis(300)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasCauseInstanceOf(SeenException.class);
    } finally {
      SharedS3.server().heal();
    }
  }

  @Test
  @DisplayName("a server that checks first and writes then MUST pass: only a race tells it")
  void theBareServerPasses() {
    try (S3Client bare = SharedS3.client(SharedS3.server().bareEndpoint(), 1)) {
      assertThatCode(
              () -> ObjectSessionStore.over(bare, SharedS3.BUCKET, SharedS3.newPrefix()).close())
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("on a bucket that keeps versions an ended session MUST stay ended")
  void versions() {
    String bucket = SharedS3.server().createBucket("versions-" + System.nanoTime());
    SharedS3.server().keepVersions(bucket);
    try (S3Client client = SharedS3.client()) {
      ObjectSessionStore store = ObjectSessionStore.over(client, bucket);
      Session session = Samples.session();
      store.create(session);
      try (S3Client late =
          SharedS3.client(
              SharedS3.server().endpoint(),
              1,
              new Between("PutObject", () -> store.delete(session.key())))) {
        assertThat(
                ObjectSessionStore.untried(late, bucket, "statewise/")
                    .replace(session.next(Samples.NOW)))
            .isEqualTo(ReplaceResult.GONE);
      }
      assertThat(store.find(session.key())).isEmpty();
      assertThat(store.touch(session.key(), Samples.NOW)).isFalse();
    }
  }

  @Test
  @DisplayName("the guarantees MUST say what is kept, and that sessions are not listed by subject")
  void guarantees() {
    try (S3Client client = SharedS3.client()) {
      ObjectSessionStore store =
          ObjectSessionStore.untried(client, SharedS3.BUCKET, SharedS3.newPrefix());
      Guarantees plain = StatefulSessions.over(store, SessionPolicy.defaults()).guarantees();
      Guarantees vouched =
          StatefulSessions.over(store.assumingReplicated(), SessionPolicy.defaults()).guarantees();

      assertThat(plain.listsBySubject()).isFalse();
      assertThat(plain.keepsLimit()).isFalse();
      assertThat(plain.sharedByNodes()).isTrue();
      assertThat(store.subjects()).isEmpty();
      assertThat(store.traits().durable()).isFalse();
      assertThat(store.assumingDurable().traits().durable()).isTrue();
      assertThat(store.assumingDurable().traits().keepsAcknowledged()).isFalse();
      assertThat(plain.keepsAcknowledged()).isFalse();
      assertThat(vouched.keepsAcknowledged()).isTrue();
    }
  }
}
