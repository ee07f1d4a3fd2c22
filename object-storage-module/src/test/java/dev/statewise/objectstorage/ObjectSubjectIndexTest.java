package dev.statewise.objectstorage;

import dev.statewise.spi.SessionStore;
import dev.statewise.tck.SubjectIndexTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

/** Object storage keeps no index of subjects, so that the kit skips its rules with that reason. */
class ObjectSubjectIndexTest extends SubjectIndexTck {

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
}
