package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.experiment.Carrier;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Locale;

/**
 * The header list of a request as a browser's script sends one: sixteen fields, and a credential as
 * the last if there is one.
 */
final class RequestHeaders {

  private static final String[] FIELDS = {
    ":method", "GET",
    ":scheme", "https",
    ":authority", "shop.example.org",
    ":path", "/api/orders?page=2",
    "user-agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "accept", "application/json",
    "accept-language", "en-GB,en;q=0.9",
    "accept-encoding", "gzip, deflate, br, zstd",
    "sec-ch-ua", "\"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\", \"Google Chrome\";v=\"140\"",
    "sec-ch-ua-mobile", "?0",
    "sec-ch-ua-platform", "\"Linux\"",
    "sec-fetch-site", "same-origin",
    "sec-fetch-mode", "cors",
    "sec-fetch-dest", "empty",
    "referer", "https://shop.example.org/orders",
    "priority", "u=1, i"
  };

  private RequestHeaders() {}

  /** Without a credential. */
  static Http2Headers bare() {
    Http2Headers headers = new DefaultHttp2Headers();
    for (int i = 0; i < FIELDS.length; i += 2) {
      headers.add(AsciiString.of(FIELDS[i]), AsciiString.of(FIELDS[i + 1]));
    }
    return headers;
  }

  /** With one. */
  static Http2Headers with(Carrier carrier, String credential) {
    return bare().add(nameOf(carrier), AsciiString.of(carrier.value(credential)));
  }

  /** The name of a credential's header: on HTTP/2 names are in lower case. */
  static AsciiString nameOf(Carrier carrier) {
    return AsciiString.of(carrier.header().toLowerCase(Locale.ROOT));
  }
}
