/** Statewise on object storage: a session store over the S3 API, on the AWS SDK. */
module dev.statewise.objectstorage {
  requires static org.jspecify;
  requires transitive dev.statewise.core;
  requires transitive software.amazon.awssdk.services.s3;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires org.slf4j;

  exports dev.statewise.objectstorage;
}
