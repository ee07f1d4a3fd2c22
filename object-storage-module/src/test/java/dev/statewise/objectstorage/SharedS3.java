package dev.statewise.objectstorage;

import dev.statewise.embedded.S3Server;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** The S3 server that the tests of this module share, and clients of it. */
final class SharedS3 {

  static final String BUCKET = "sessions";
  static final String SECRET = "hunter2hunter2";

  private static final AtomicInteger names = new AtomicInteger();
  private static final S3Server server = S3Server.start();

  static {
    server.createBucket(BUCKET);
  }

  private SharedS3() {}

  static S3Server server() {
    return server;
  }

  /** Sends again, as a client does by default. */
  static S3Client resending() {
    return client(server.endpoint(), 3);
  }

  /** Sends nothing again. */
  static S3Client client() {
    return client(server.endpoint(), 1);
  }

  static S3Client client(URI endpoint, int attempts, ExecutionInterceptor... interceptors) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("app", SECRET)))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
        .overrideConfiguration(
            all -> {
              all.retryStrategy(
                  DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(attempts).build());
              for (ExecutionInterceptor interceptor : interceptors) {
                all.addExecutionInterceptor(interceptor);
              }
            })
        .build();
  }

  static String newPrefix() {
    return "test-" + names.incrementAndGet() + "/";
  }
}
