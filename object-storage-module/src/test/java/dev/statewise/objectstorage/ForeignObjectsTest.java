package dev.statewise.objectstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Session;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What lies under the key of a session and is not that session, or is of a newer node. */
class ForeignObjectsTest {

  private static S3Client client;

  private final String prefix = SharedS3.newPrefix();
  private final Session session = Samples.session();
  private final List<String> findings = new ArrayList<>();
  private ObjectSessionStore store;

  @BeforeAll
  static void connect() {
    client = SharedS3.client();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @BeforeEach
  void open() {
    store = ObjectSessionStore.untried(client, SharedS3.BUCKET, prefix).withFindings(findings::add);
  }

  @ParameterizedTest(name = "an object that begins with byte {0} MUST be unavailable, and be left")
  @ValueSource(bytes = {2, 127, -1})
  void newer(byte format) {
    byte[] bytes = {format, 1, 2, 3};
    put(session, bytes);
    List<ThrowingCallable> verbs =
        List.of(
            () -> store.find(session.key()),
            () -> store.create(session),
            () -> store.replace(session.next(Samples.NOW)),
            () -> store.touch(session.key(), Samples.NOW),
            () -> store.delete(session.key()));

    for (ThrowingCallable verb : verbs) {
      assertThatThrownBy(verb)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContainingAll("newer version", "Update this node");
    }

    assertThat(get(session)).isEqualTo(bytes);
    assertThat(findings).isEmpty();
  }

  @Test
  @DisplayName("damage MUST be no session, and a finding with the key and without the state")
  void damaged() {
    Session telling = Samples.session(Map.of("card", "4111-1111"));
    store.create(telling);
    byte[] bytes = get(telling);
    bytes[bytes.length - 6] ^= 1;
    put(telling, bytes);

    assertThat(store.find(telling.key())).isEmpty();
    assertThat(store.touch(telling.key(), Samples.NOW.plusSeconds(1))).isFalse();

    assertThat(findings)
        .hasSize(2)
        .allSatisfy(
            finding ->
                assertThat(finding)
                    .contains(telling.key().text(), "checksum")
                    .doesNotContain("4111"));
    assertThat(get(telling)).isEqualTo(bytes);
  }

  @Test
  @DisplayName("an object that was copied from another key MUST be no session")
  void copied() {
    store.create(session);
    Session other = Samples.session();
    put(other, get(session));

    assertThat(store.find(other.key())).isEmpty();
    assertThat(store.replace(other.next(Samples.NOW))).isEqualTo(ReplaceResult.GONE);
    assertThat(store.create(other)).isFalse();

    assertThat(findings).hasSize(3).allSatisfy(f -> assertThat(f).contains("it is the session"));
  }

  @Test
  @DisplayName("an empty object MUST be no session, and delete MUST remove what is none")
  void empty() {
    put(session, new byte[0]);

    assertThat(store.find(session.key())).isEmpty();
    assertThat(store.touch(session.key(), Samples.NOW)).isFalse();
    assertThat(store.replace(session.next(Samples.NOW))).isEqualTo(ReplaceResult.GONE);
    assertThat(store.create(session)).isFalse();
    assertThat(store.delete(session.key())).isTrue();

    assertThat(store.create(session)).isTrue();
    assertThat(store.find(session.key())).contains(session);
  }

  @ParameterizedTest(name = "the prefix \"{0}\" MUST be refused")
  @ValueSource(
      strings = {"/a", "a//b", "a/../b", "../a", "a/./b", "a b", "é", "a\nb", "a?b", "a%b"})
  void prefixes(String prefix) {
    assertThatThrownBy(() -> ObjectSessionStore.untried(client, SharedS3.BUCKET, prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix");
  }

  private void put(Session session, byte[] bytes) {
    client.putObject(
        request -> request.bucket(SharedS3.BUCKET).key(prefix + session.key()),
        RequestBody.fromBytes(bytes));
  }

  private byte[] get(Session session) {
    ResponseBytes<GetObjectResponse> bytes =
        client.getObjectAsBytes(
            request -> request.bucket(SharedS3.BUCKET).key(prefix + session.key()));
    return bytes.asByteArray();
  }
}
