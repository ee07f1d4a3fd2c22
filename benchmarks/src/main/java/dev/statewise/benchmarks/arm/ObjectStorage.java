package dev.statewise.benchmarks.arm;

import dev.statewise.StatefulSessions;
import dev.statewise.objectstorage.ObjectSessionStore;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The arm on an S3 API, with a client that has one connection. */
final class ObjectStorage {

  private static final String NOBODYS = "benchmarks";
  private static final Set<SdkHttpMethod> READING = Set.of(SdkHttpMethod.GET, SdkHttpMethod.HEAD);

  private ObjectStorage() {}

  static BuiltArm s3(Wiring wiring) {
    ObjectAddress address = wiring.servers().requireObjects();
    S3Client client = client(address, wiring);
    try {
      String prefix = wiring.keyPrefix().replace(':', '/') + "/";
      ObjectSessionStore tried = ObjectSessionStore.over(client, address.bucket(), prefix);
      ObjectSessionStore store =
          wiring.largestState().isPresent()
              ? tried.withMaxStateBytes(wiring.largestState().getAsInt())
              : tried;
      return new BuiltArm(
          StatefulSessions.over(store, wiring.policy()).withClock(wiring.clock()), client::close);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static S3Client client(ObjectAddress address, Wiring wiring) {
    return S3Client.builder()
        .endpointOverride(address.endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(NOBODYS, NOBODYS)))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(1))
        .overrideConfiguration(
            all -> wiring.asked().ifPresent(asked -> all.addExecutionInterceptor(counter(asked))))
        .build();
  }

  /** Told of each request that is sent, those that are sent again too. */
  private static ExecutionInterceptor counter(Asked asked) {
    return new ExecutionInterceptor() {
      @Override
      public void beforeTransmission(
          Context.BeforeTransmission context, ExecutionAttributes attributes) {
        asked.once(!READING.contains(context.httpRequest().method()));
      }
    };
  }
}
