package dev.statewise.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A log of refusals that grows as fast as it is read. */
class EndlessLogTest {

  private static final String LAST = "999999999-0";

  @Test
  @DisplayName("whoever waits for a log that has no end MUST be unavailable by the deadline")
  void endless() {
    try (FakeServer server = FakeServer.start(EndlessLogTest::tell)) {
      RedisConnection hasty =
          RedisConnection.toCluster(server.uri())
              .withSocketTimeout(Duration.ofMillis(150))
              .withPoolWait(Duration.ofMillis(100))
              .withConnectTimeout(Duration.ofMillis(500));
      try (RedisRevocationList list =
          RedisRevocationList.replicated(hasty, Duration.ofSeconds(5)).acceptingEviction()) {
        RedisDeadlineTest.assertUnavailable(hasty, () -> list.isRefused(Samples.session()));
        RedisDeadlineTest.assertUnavailable(hasty, () -> list.floor("ann"));
      }
    }
  }

  /** An entry at a time, each after the one before, and never the last. */
  private static void tell(InputStream in, OutputStream out, FakeServer self)
      throws IOException, InterruptedException {
    byte[] request = new byte[8192];
    int told = 0;
    for (int read = in.read(request); read > 0; read = in.read(request)) {
      String asked = new String(request, 0, read, StandardCharsets.ISO_8859_1);
      if (asked.contains("SLOTS")) {
        String all = "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:%d\r\n";
        out.write(all.formatted(self.port()).getBytes(StandardCharsets.US_ASCII));
      } else if (!self.isClosedWithin(Duration.ofMillis(20))) {
        out.write(page(told, ++told).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private static String page(int before, int id) {
    String fields =
        array(
            bulk("n")
                + bulk("all")
                + bulk("f")
                + bulk("\0\0\0\0\0\0\0\0")
                + bulk("u")
                + bulk("5")
                + bulk("p")
                + bulk(before + "-0"),
            8);
    String entry = array(bulk(id + "-0") + fields, 2);
    return array(bulk("run") + bulk("0") + bulk(LAST) + array(entry, 1), 4);
  }

  private static String array(String parts, int count) {
    return "*" + count + "\r\n" + parts;
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }
}
