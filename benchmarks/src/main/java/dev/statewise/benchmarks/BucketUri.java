package dev.statewise.benchmarks;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * A bucket as it is named on the command line: {@code
 * s3://bucket[/prefix][?endpoint=…&region=…&path-style=…]}. Credentials are those that the AWS SDK
 * finds by itself, and never in the URI.
 *
 * @param prefix empty if the URI has none
 */
record BucketUri(String bucket, String prefix, Map<String, String> settings) {

  private static final String ENDPOINT = "endpoint";
  private static final String REGION = "region";
  private static final String PATH_STYLE = "path-style";
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Set<String> TRUTHS = Set.of("true", "false");
  private static final Set<String> KNOWN = Set.of(ENDPOINT, REGION, PATH_STYLE);

  BucketUri {
    settings = Map.copyOf(settings);
  }

  static boolean isOne(String text) {
    return text.startsWith("s3:");
  }

  /**
   * @throws UsageException if it is none; the text is not quoted, for it may hold what it should
   *     not
   */
  static BucketUri parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw none("it is not a URI");
    }
    String bucket = uri.getAuthority() == null ? "" : uri.getAuthority();
    if (bucket.contains("@")) { // of a bucket with an underscore, Java's URI has no user
      throw none("it has credentials, which are taken from where the AWS SDK finds them");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw none("it names no bucket, of letters, digits, dots, - and _");
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    return new BucketUri(
        bucket, path.startsWith("/") ? path.substring(1) : path, settings(uri.getRawQuery()));
  }

  private static Map<String, String> settings(@Nullable String query) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (query == null) {
      return settings;
    }
    for (String setting : query.split("&", -1)) {
      String[] parts = setting.split("=", 2);
      if (parts.length < 2 || !KNOWN.contains(parts[0])) {
        throw none("it may say endpoint=, region= and path-style= behind the question mark");
      }
      settings.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    if (!TRUTHS.contains(settings.getOrDefault(PATH_STYLE, "true"))) {
      throw none("its path-style= is neither true nor false");
    }
    return settings;
  }

  /**
   * A client of it, which the caller closes.
   *
   * @throws UsageException if no region is known, or the endpoint is none
   */
  S3Client client(int connections) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(Apache5HttpClient.builder().maxConnections(connections));
    String endpoint = settings.get(ENDPOINT);
    String region = settings.getOrDefault(REGION, endpoint == null ? "" : Region.US_EAST_1.id());
    try {
      if (endpoint != null) {
        builder.endpointOverride(URI.create(endpoint));
      }
      if (!region.isEmpty()) {
        builder.region(Region.of(region));
      }
      String pathStyle = settings.getOrDefault(PATH_STYLE, Boolean.toString(endpoint != null));
      return builder.forcePathStyle(Boolean.parseBoolean(pathStyle)).build();
    } catch (SdkClientException | IllegalArgumentException | NullPointerException e) {
      throw none("its endpoint is none, or no region is known: say region=");
    }
  }

  private static UsageException none(String why) {
    return new UsageException(
        "That is not a bucket: %s. Give for example s3://bucket/prefix/?endpoint=http://127.0.0.1:9000&region=eu-central-1, in quotes."
            .formatted(why));
  }
}
