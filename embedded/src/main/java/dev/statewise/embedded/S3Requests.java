package dev.statewise.embedded;

/**
 * How many requests came to an {@link S3Server}, by method. A list is a GET.
 *
 * @param gets with the lists
 * @param heads without a body in the answer
 * @param puts conditional or not, also those that were refused
 * @param deletes of an object or a bucket
 * @param others POST and what else there is
 */
public record S3Requests(long gets, long heads, long puts, long deletes, long others) {

  static final S3Requests NONE = new S3Requests(0, 0, 0, 0, 0);

  /** What came after {@code earlier} was taken. */
  public S3Requests minus(S3Requests earlier) {
    return new S3Requests(
        gets - earlier.gets,
        heads - earlier.heads,
        puts - earlier.puts,
        deletes - earlier.deletes,
        others - earlier.others);
  }

  /** All of them. */
  public long total() {
    return gets + heads + puts + deletes + others;
  }

  S3Requests and(String method) {
    return switch (method) {
      case "GET" -> new S3Requests(gets + 1, heads, puts, deletes, others);
      case "HEAD" -> new S3Requests(gets, heads + 1, puts, deletes, others);
      case "PUT" -> new S3Requests(gets, heads, puts + 1, deletes, others);
      case "DELETE" -> new S3Requests(gets, heads, puts, deletes + 1, others);
      default -> new S3Requests(gets, heads, puts, deletes, others + 1);
    };
  }
}
