package dev.statewise.redis;

import dev.statewise.embedded.RedisSentinels;
import dev.statewise.embedded.TcpProxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One real set of sentinels, with their master and replica, for all tests of this JVM that leave
 * them as they are. It ends with the JVM.
 */
final class SharedSentinels {

  private SharedSentinels() {}

  static RedisSentinels sentinels() {
    SharedRedis.requireAServer();
    return Holder.SENTINELS;
  }

  /** With deadlines that a busy machine does not miss. */
  static RedisConnection patient() {
    return SharedRedis.patient(connection(sentinels()));
  }

  static RedisConnection connection(RedisSentinels sentinels) {
    List<URI> uris = sentinels.sentinelUris();
    return RedisConnection.toSentinels(
        sentinels.uri(), uris.get(0), uris.subList(1, uris.size()).toArray(URI[]::new));
  }

  /** To the master that a sentinel of a test's own names. */
  static RedisConnection patient(FakeServer sentinel) {
    return SharedRedis.patient(RedisConnection.toSentinels(sentinels().uri(), sentinel.uri()));
  }

  /** A proxy before the master. The sentinels know nothing of it. */
  static TcpProxy proxy() {
    return TcpProxy.to(sentinels().master().host(), sentinels().master().port());
  }

  /** A sentinel that names what stands at this port whatever it is asked. */
  static FakeServer naming(int port) {
    return naming("127.0.0.1", port);
  }

  static FakeServer naming(String host, int port) {
    String digits = Integer.toString(port);
    byte[] reply =
        "*2\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n"
            .formatted(host.length(), host, digits.length(), digits)
            .getBytes(StandardCharsets.US_ASCII);
    return FakeServer.start(
        (in, out, self) -> {
          while (in.read(new byte[8192]) > 0) {
            out.write(reply);
          }
        });
  }

  private static final class Holder {
    // Not taken to be down by a machine that stalls.
    static final RedisSentinels SENTINELS = RedisSentinels.start(Duration.ofSeconds(20));
  }
}
