package dev.statewise.benchmarks.experiment.wire;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a service that cannot be probed here says of itself, as it was read in November 2026.
 *
 * @param line the largest header line in bytes, if one is named
 * @param head the most bytes of all headers together
 * @param overflow what becomes of a request above, in the words of the source
 */
record DocumentedLimit(String name, OptionalInt line, int head, String overflow, String source) {

  private static final int KIB = 1_024;

  static List<DocumentedLimit> all() {
    return List.of(
        new DocumentedLimit(
            "aws-alb",
            OptionalInt.of(16 * KIB),
            64 * KIB,
            "not said",
            "docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"),
        new DocumentedLimit(
            "envoy",
            OptionalInt.empty(),
            60 * KIB,
            "431",
            "envoyproxy.io, HttpConnectionManager, max_request_headers_kb"),
        new DocumentedLimit(
            "cloudflare",
            OptionalInt.empty(),
            128 * KIB,
            "not said",
            "developers.cloudflare.com/workers/platform/limits"),
        new DocumentedLimit(
            "fastly",
            OptionalInt.of(32 * KIB),
            69 * KIB,
            "the Cookie line is taken out; above all headers 502, 503 or closed",
            "fastly.com/documentation/reference/vcl/constraints-and-limitations"));
  }
}
