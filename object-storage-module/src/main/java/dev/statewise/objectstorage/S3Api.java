package dev.statewise.objectstorage;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The requests that are made of S3, and the answers that a store tells apart. */
final class S3Api {

  /** Above 64 MiB of state with all that may surround it: no store writes as much. */
  static final long LARGEST_OBJECT = 256L << 20;

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final String TYPE = "application/octet-stream";

  /** How a conditional write ended. */
  enum Written {
    DONE,
    /** 412: what lies there is not what the condition asks for. */
    UNMET,
    /** 404: nothing lies there to be replaced. */
    ABSENT,
    /** 409: another write was under way; nothing is known but that this one was not applied. */
    AGAIN
  }

  /** An object as it is read. */
  interface Reader<T> {
    T read(GetObjectResponse answer, AbortableInputStream bytes) throws IOException;
  }

  /** The first bytes of an object, and what a condition names it by. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(byte[] bytes, String entityTag) {}

  /** What is written: its length, and its bytes as often as the SDK sends them. */
  interface Body {
    long length();

    InputStream open();

    static Body of(byte[] bytes) {
      return new Body() {
        @Override
        public long length() {
          return bytes.length;
        }

        @Override
        public InputStream open() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }

  private final S3Client client;
  private final String bucket;
  private final String endpoint;

  S3Api(S3Client client, String bucket) {
    this.client = requireNonNull(client, "client");
    this.bucket = requireNonNull(bucket, "bucket");
    if (bucket.isBlank()) {
      throw new IllegalArgumentException(
          "The name of the bucket is blank, so there is nowhere to keep a session. Name one.");
    }
    endpoint =
        "bucket %s%s"
            .formatted(
                bucket,
                client
                    .serviceClientConfiguration()
                    .endpointOverride()
                    .map(
                        uri ->
                            " at " + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
                    .orElse(""));
  }

  Call begin(String verb, Duration deadline) {
    return new Call(verb, endpoint, deadline);
  }

  String endpoint() {
    return endpoint;
  }

  /** All of an object; empty if there is none. A read that breaks off is tried again by the SDK. */
  <T> Optional<T> get(Call call, String name, Reader<T> reader) {
    return call.ask(
        rest ->
            Optional.of(
                client.getObject(
                    GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(name)
                        .overrideConfiguration(rest)
                        .build(),
                    reading(reader))),
        S3Api::absent);
  }

  /** The first bytes of an object, as many as there are; empty if there is none. */
  Optional<Part> begin(Call call, String name, int most) {
    return call.ask(
        rest ->
            Optional.of(
                client.getObject(
                    GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(name)
                        .range("bytes=0-" + (most - 1))
                        .overrideConfiguration(rest)
                        .build(),
                    reading((answer, bytes) -> part(answer, bytes, most)))),
        answer ->
            answer.statusCode() == RANGE_NOT_SATISFIABLE
                ? Optional.of(Optional.of(new Part(new byte[0], "")))
                : absent(answer));
  }

  /** Writes where nothing lies. */
  Written putNew(Call call, String name, Body body) {
    return put(call, PutObjectRequest.builder().key(name).ifNoneMatch("*"), body);
  }

  /**
   * Writes over what has this entity tag.
   *
   * @throws dev.statewise.spi.StoreUnavailableException also if there is no tag: without it the SDK
   *     would send no condition
   */
  Written putOver(Call call, String name, String entityTag, Body body) {
    if (entityTag.isBlank()) {
      throw call.untagged(name);
    }
    return put(call, PutObjectRequest.builder().key(name).ifMatch(entityTag), body);
  }

  /** Deletes whatever lies there, or nothing. */
  void delete(Call call, String name) {
    call.ask(
        rest ->
            Optional.of(
                client.deleteObject(
                    request -> request.bucket(bucket).key(name).overrideConfiguration(rest))),
        answer -> isAbsent(answer) ? Optional.of(Optional.empty()) : Optional.empty());
  }

  /** A page of the objects whose names begin so, in the order of their names. */
  ListObjectsV2Response list(Call call, String prefix, @Nullable String after, int most) {
    return call.ask(
        rest ->
            client.listObjectsV2(
                ListObjectsV2Request.builder()
                    .bucket(bucket)
                    .prefix(prefix)
                    .startAfter(after)
                    .maxKeys(most)
                    .overrideConfiguration(rest)
                    .build()),
        answer -> Optional.empty());
  }

  /** Whether old versions are kept; empty if that may not be asked. */
  Optional<BucketVersioningStatus> versioning(Call call) {
    return call.ask(
        rest ->
            Optional.of(
                Objects.requireNonNullElse(
                    client
                        .getBucketVersioning(
                            request -> request.bucket(bucket).overrideConfiguration(rest))
                        .status(),
                    BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION)),
        answer -> ifAsked(answer, BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION));
  }

  /** What is deleted by itself; empty if that may not be asked. */
  Optional<List<LifecycleRule>> lifecycle(Call call) {
    return call.ask(
        rest ->
            Optional.of(
                client
                    .getBucketLifecycleConfiguration(
                        request -> request.bucket(bucket).overrideConfiguration(rest))
                    .rules()),
        answer -> ifAsked(answer, List.of()));
  }

  /** A server that does not know the question does not do what it asks for. */
  private static <T> Optional<Optional<T>> ifAsked(AwsServiceException answer, T unknown) {
    return switch (answer.statusCode()) {
      case FORBIDDEN -> Optional.of(Optional.empty());
      case BAD_REQUEST, NOT_FOUND, NOT_ALLOWED, NOT_IMPLEMENTED ->
          Optional.of(Optional.of(unknown));
      default -> Optional.empty();
    };
  }

  static boolean isNoBucket(AwsServiceException answer) {
    return answer.statusCode() == NOT_FOUND && SeenException.code(answer).equals("NoSuchBucket");
  }

  /** A 404 that S3 did not give, but a proxy or a wrong endpoint, says nothing of an object. */
  private static boolean isAbsent(AwsServiceException answer) {
    return answer.statusCode() == NOT_FOUND && SeenException.code(answer).equals("NoSuchKey");
  }

  private static <T> Optional<Optional<T>> absent(AwsServiceException answer) {
    return isAbsent(answer) ? Optional.of(Optional.empty()) : Optional.empty();
  }

  private Written put(Call call, PutObjectRequest.Builder request, Body body) {
    RequestBody sent = RequestBody.fromContentProvider(body::open, body.length(), TYPE);
    return call.ask(
        rest -> {
          client.putObject(request.bucket(bucket).overrideConfiguration(rest).build(), sent);
          return Written.DONE;
        },
        S3Api::refusal);
  }

  private static Optional<Written> refusal(AwsServiceException answer) {
    return switch (answer.statusCode()) {
      case PRECONDITION_FAILED -> Optional.of(Written.UNMET);
      case CONFLICT -> Optional.of(Written.AGAIN);
      case NOT_FOUND -> isAbsent(answer) ? Optional.of(Written.ABSENT) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static <T> ResponseTransformer<GetObjectResponse, T> reading(Reader<T> reader) {
    return (answer, bytes) -> {
      try {
        return reader.read(answer, bytes);
      } catch (IOException e) {
        throw RetryableException.create("The body of an answer broke off", e);
      }
    };
  }

  private static Part part(GetObjectResponse answer, AbortableInputStream bytes, int most)
      throws IOException {
    byte[] begin = bytes.readNBytes(most);
    if (bytes.read() >= 0) {
      bytes.abort(); // a server that takes no notice of a range
    }
    return new Part(begin, entityTag(answer));
  }

  /** What a condition names an object by; empty if a proxy or a setting took it away. */
  static String entityTag(GetObjectResponse answer) {
    return Objects.requireNonNullElse(answer.eTag(), "");
  }
}
