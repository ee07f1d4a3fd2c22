package dev.statewise.benchmarks.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.9.1, true",
    "[::1], true",
    "localhost, true",
    "192.0.2.7, false",
    "no-such-host.invalid, false"
  })
  @DisplayName("An address MUST count as loopback exactly if it resolves to the loopback interface")
  void loopback(String host, boolean loopback) {
    assertThat(RedisAddress.of(URI.create("redis://" + host + ":6379")).isLoopback())
        .isEqualTo(loopback);
  }
}
