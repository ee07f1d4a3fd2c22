package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An HMAC from digests that have absorbed the key")
class KeyedDigestsTest {

  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @EnumSource(names = {"HS256", "HS384", "HS512"})
  @DisplayName(
      "it MUST be what javax.crypto.Mac says (RFC 2104), of keys shorter and longer than a block and texts of every length")
  void sameAsMac(Algorithm algorithm) throws Exception {
    for (int keyBytes : List.of(32, 63, 64, 65, 127, 128, 129, 300)) {
      SecretKey key = key(keyBytes);
      Mac mac = mac(algorithm, key);
      KeyedDigests digests = requireNonNull(KeyedDigests.of(algorithm, key));
      for (int length = 0; length < 300; length++) {
        byte[] text = bytes(length + 7);
        assertThat(digests.tag(text, length)).isEqualTo(mac.doFinal(Arrays.copyOf(text, length)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "HS384", "HS512"})
  @DisplayName("threads at once MUST get each their own tag")
  void threads(Algorithm algorithm) throws Exception {
    SecretKey key = key(64);
    KeyedDigests digests = requireNonNull(KeyedDigests.of(algorithm, key));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> oneThread =
          () -> {
            Mac mac = mac(algorithm, key);
            byte[] text = bytes(200);
            byte[] expected = mac.doFinal(text);
            for (int i = 0; i < 2_000; i++) {
              if (!Arrays.equals(expected, digests.tag(text, text.length))) {
                return false;
              }
            }
            return true;
          };
      for (Future<Boolean> each : threads.invokeAll(java.util.Collections.nCopies(8, oneThread))) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private SecretKey key(int bytes) {
    return new SecretKeySpec(bytes(bytes), "HmacSHA256");
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Mac mac(Algorithm algorithm, SecretKey key) throws Exception {
    Mac mac = Mac.getInstance("Hmac" + algorithm.hash());
    mac.init(key);
    return mac;
  }
}
