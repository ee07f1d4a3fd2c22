package dev.statewise.objectstorage;

import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

/** On a client that sends again what it lost, as the SDK does unless it is told not to. */
class ObjectSessionStoreOnAResendingClientTest extends SessionStoreTck {

  private static S3Client client;

  @BeforeAll
  static void connect() {
    client = SharedS3.resending();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Override
  protected SessionStore open(String namespace) {
    return ObjectSessionStore.untried(client, SharedS3.BUCKET, namespace);
  }

  @Override
  protected Optional<LostReplies<SessionStore>> lostReplies(String namespace) {
    return Optional.of(new ObjectSessionStoreTest.Lossy(open(namespace), SharedS3.server(), true));
  }

  /** The races are run in full by {@link ObjectSessionStoreTest}; the requests are the same. */
  @Override
  protected int races() {
    return Math.min(super.races(), 20);
  }
}
