package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.embedded.S3Requests;
import dev.statewise.objectstorage.ObjectDoctor.Scope;
import dev.statewise.objectstorage.ObjectFinding.Code;
import dev.statewise.objectstorage.ObjectFinding.Severity;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

class ObjectDoctorTest {

  private final Scope scope = Scope.standard().withPrefix(SharedS3.newPrefix()).withRounds(20);

  @AfterEach
  void heal() {
    SharedS3.server().heal();
  }

  @Test
  @DisplayName("an atomic server MUST break no promise, all be seen, and nothing be left behind")
  void atomic() {
    try (S3Client client = SharedS3.client()) {
      S3Requests before = SharedS3.server().requests();

      ObjectExamination examination = ObjectDoctor.examine(client, SharedS3.BUCKET, scope);

      assertThat(SharedS3.server().requests().minus(before).total() / scope.rounds())
          .as("requests a round")
          .isBetween(28L, 32L);
      assertThat(examination.breaksPromise()).as(examination::toString).isFalse();
      assertThat(examination.isIncomplete()).as(examination::toString).isFalse();
      assertThat(examination.has(Code.RACED)).isTrue();
      assertThat(examination.has(Code.NO_LIFECYCLE)).isTrue();
      assertThat(
              client
                  .listObjectsV2(all -> all.bucket(SharedS3.BUCKET).prefix(scope.prefix()))
                  .contents())
          .isEmpty();
    }
  }

  @Test
  @DisplayName("a server that checks first and writes then MUST be told by its races")
  void bare() {
    try (S3Client client = SharedS3.client(SharedS3.server().bareEndpoint(), 1)) {
      ObjectExamination examination =
          ObjectDoctor.examine(client, SharedS3.BUCKET, scope.withRounds(60));

      assertThat(examination.has(Code.REPLACE_NOT_ATOMIC)).as(examination::toString).isTrue();
      assertThat(examination.breaksPromise()).isTrue();
      assertThat(examination.findings().get(0).severity()).isEqualTo(Severity.BREAKS);
    }
  }

  @ParameterizedTest(name = "a server that takes no notice of {0} MUST be told: {1}")
  @CsvSource({
    "If-Match, IF_MATCH_CREATES",
    "If-Match, IF_MATCH_IGNORED",
    "If-None-Match, IF_NONE_MATCH_IGNORED"
  })
  void careless(String header, Code code) {
    try (S3Client client = SharedS3.without(header)) {
      ObjectExamination examination = ObjectDoctor.examine(client, SharedS3.BUCKET, scope);

      assertThat(examination.has(code)).as(examination::toString).isTrue();
      assertThat(examination.has(Code.RACED)).isFalse();
    }
  }

  @Test
  @DisplayName("a server on which nothing can be saved MUST be told: its entity tags are others")
  void otherEntityTags() {
    try (S3Client client =
        SharedS3.client(
            SharedS3.server().endpoint(),
            1,
            new ExecutionInterceptor() {
              @Override
              public SdkHttpRequest modifyHttpRequest(
                  Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
                SdkHttpRequest request = context.httpRequest();
                return request.firstMatchingHeader("If-Match").isEmpty()
                    ? request
                    : request.toBuilder().putHeader("If-Match", "\"other\"").build();
              }
            })) {
      ObjectExamination examination =
          ObjectDoctor.examine(client, SharedS3.BUCKET, scope.withRounds(3));

      assertThat(examination.has(Code.WRITES_REFUSED)).as(examination::toString).isTrue();
    }
  }

  @Test
  @DisplayName("a delete that got no answer MUST be told as that, and not as one that was undone")
  void deleteWithoutAnAnswer() {
    AtomicInteger deletes = new AtomicInteger();
    ExecutionInterceptor losing =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            // The first ends the trial, the second is the one that is raced.
            if (context.httpRequest().method() == SdkHttpMethod.DELETE
                && deletes.incrementAndGet() == 2) {
              throw SdkClientException.create("lost");
            }
          }
        };
    try (S3Client client = SharedS3.client(SharedS3.server().endpoint(), 1, losing)) {
      ObjectExamination examination =
          ObjectDoctor.examine(client, SharedS3.BUCKET, scope.withRounds(1));

      assertThat(examination.has(Code.WRITES_UNANSWERED)).as(examination::toString).isTrue();
      assertThat(examination.breaksPromise()).as(examination::toString).isFalse();
    }
  }

  @Test
  @DisplayName("a rule that deletes at a date MUST be told, for it deletes live sessions")
  void ruleOfADate() {
    LifecycleRule rule =
        LifecycleRule.builder()
            .status(ExpirationStatus.ENABLED)
            .filter(filter -> filter.prefix("a/"))
            .expiration(at -> at.date(Samples.NOW))
            .build();

    assertThat(Lifecycle.expiresAtADate(rule, "a/b/")).isTrue();
    assertThat(Lifecycle.expiresAtADate(rule, "b/")).isFalse();
    assertThat(Lifecycle.expires(rule, "a/b/")).isFalse();
    assertThat(ObjectDoctor.lifecycle("bucket b", List.of(rule), scope.withPrefix("a/b/")).code())
        .isEqualTo(Code.LIFECYCLE_TOO_SHORT);
  }

  @Test
  @DisplayName("a bucket that keeps versions MUST be told")
  void versions() {
    String bucket = SharedS3.server().createBucket("kept-versions");
    SharedS3.server().keepVersions(bucket);
    try (S3Client client = SharedS3.client()) {
      ObjectExamination examination = ObjectDoctor.examine(client, bucket, scope);

      assertThat(examination.has(Code.KEEPS_VERSIONS)).as(examination::toString).isTrue();
      assertThat(examination.breaksPromise()).as(examination::toString).isFalse();
    }
  }

  @Test
  @DisplayName("races that were cut short MUST be told, for they may have missed something")
  void timeRanOut() {
    try (S3Client client = SharedS3.client()) {
      ObjectExamination examination =
          ObjectDoctor.examine(
              client, SharedS3.BUCKET, scope.withRounds(10_000).within(Duration.ofMillis(200)));

      assertThat(examination.has(Code.TIME_RAN_OUT)).as(examination::toString).isTrue();
      assertThat(examination.isIncomplete()).isTrue();
    }
  }

  @Test
  @DisplayName("a bucket that is not there MUST be an outage, and no finding")
  void nowhere() {
    try (S3Client client = SharedS3.client()) {
      assertThatThrownBy(() -> ObjectDoctor.examine(client, "nowhere", scope))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("NoSuchBucket");
    }
  }

  @ParameterizedTest(name = "an idle timeout of {0} MUST need a rule of {1} days at least")
  @CsvSource({"PT30M, 2", "PT24H, 3", "PT23H49M, 2", "P30D, 32"})
  void leastDays(Duration idle, long days) {
    assertThat(Lifecycle.leastDays(idle)).isEqualTo(days);
  }

  @ParameterizedTest(name = "a rule for \"{0}\" MUST concern what lies below a/b/: {1}")
  @CsvSource({"'', true", "a/, true", "a/b/, true", "a/b/c, true", "a/c, false", "b, false"})
  void prefixes(String prefix, boolean concerns) {
    LifecycleRule rule =
        LifecycleRule.builder()
            .status(ExpirationStatus.ENABLED)
            .filter(filter -> filter.prefix(prefix))
            .expiration(after -> after.days(1))
            .build();

    assertThat(Lifecycle.expires(rule, "a/b/")).isEqualTo(concerns);
    assertThat(
            Lifecycle.expires(rule.toBuilder().status(ExpirationStatus.DISABLED).build(), "a/b/"))
        .isFalse();
  }

  @Test
  @DisplayName("a scope that makes no sense MUST be refused")
  void bounds() {
    assertThatThrownBy(() -> scope.withWriters(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scope.withRounds(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scope.withPrefix("/")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scope.within(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scope.withLongestIdle(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
