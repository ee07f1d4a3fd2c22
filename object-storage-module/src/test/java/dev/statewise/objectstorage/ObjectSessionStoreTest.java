package dev.statewise.objectstorage;

import dev.statewise.embedded.S3Server;
import dev.statewise.spi.SessionStore;
import dev.statewise.tck.LostReplies;
import dev.statewise.tck.SessionStoreTck;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

/** On a client that sends nothing again. */
class ObjectSessionStoreTest extends SessionStoreTck {

  private static S3Client client;

  @BeforeAll
  static void connect() {
    client = SharedS3.client();
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
    return Optional.of(new Lossy(open(namespace), SharedS3.server(), false));
  }

  /** A handle whose next write the server applies and does not answer. */
  record Lossy(SessionStore handle, S3Server server, boolean resends)
      implements LostReplies<SessionStore> {

    @Override
    public void loseNextReply() {
      server.loseNextReply();
    }

    @Override
    public void close() {
      server.heal();
      handle.close();
    }
  }
}
