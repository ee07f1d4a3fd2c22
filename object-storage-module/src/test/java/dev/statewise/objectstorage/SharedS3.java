package dev.statewise.objectstorage;

import dev.statewise.embedded.S3Server;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

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

  /** Sends bytes as they are; by default the SDK signs them in pieces, each of which it copies. */
  static S3Client unchunked() {
    return builder(server.endpoint(), 1)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
        .build();
  }

  /** Of a server that takes no notice of this header. */
  static S3Client without(String header) {
    return client(
        server.endpoint(),
        1,
        new ExecutionInterceptor() {
          @Override
          public SdkHttpRequest modifyHttpRequest(
              Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader(header).build();
          }
        });
  }

  static S3Client client(URI endpoint, int attempts, ExecutionInterceptor... interceptors) {
    return builder(endpoint, attempts, interceptors).build();
  }

  private static S3ClientBuilder builder(
      URI endpoint, int attempts, ExecutionInterceptor... interceptors) {
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
            });
  }

  static String newPrefix() {
    return "test-" + names.incrementAndGet() + "/";
  }
}
