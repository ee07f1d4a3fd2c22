package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.session.Credential;
import dev.statewise.spi.Verification;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider that signs and verifies can be chosen, and may know elliptic curves in DER only. */
class ProviderTest {

  /** Elliptic curves as Conscrypt has them: no P1363 form. The JDK does the work. */
  private static final class DerOnly extends Provider {
    private static final long serialVersionUID = 1L;

    DerOnly() {
      super("DerOnly", "1", "ECDSA in DER");
      Provider jdk = Security.getProvider("SunEC");
      for (String hash : new String[] {"SHA256", "SHA384", "SHA512"}) {
        Service service = jdk.getService("Signature", hash + "withECDSA");
        put("Signature." + service.getAlgorithm(), service.getClassName());
      }
    }

    @Override
    public synchronized @Nullable Service getService(String type, String algorithm) {
      Provider jdk = Security.getProvider("SunEC");
      return super.getService(type, algorithm) == null
          ? null
          : new Delegating(this, jdk.getService(type, algorithm));
    }

    private static final class Delegating extends Service {
      private final Service jdk;

      Delegating(Provider provider, Service jdk) {
        super(provider, jdk.getType(), jdk.getAlgorithm(), jdk.getClassName(), null, null);
        this.jdk = jdk;
      }

      @Override
      public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
        return jdk.newInstance(parameter);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512"})
  @DisplayName("a provider that has ECDSA in DER only MUST make and take the same tokens")
  void derOnly(Algorithm algorithm) {
    SigningKey jdk = SigningKey.generate("k1", algorithm);
    SigningKey der = jdk.withProvider(new DerOnly());
    // Enough that a number with a leading zero, and one with the highest bit set, are among them.
    for (int i = 0; i < 20; i++) {
      Credential fromDer = service(der).issue(session(Map.of("i", "" + i)));
      Credential fromJdk = service(jdk).issue(session(Map.of("i", "" + i)));

      assertThat(service(jdk).verify(fromDer, NOW)).isInstanceOf(Verification.Verified.class);
      assertThat(service(der).verify(fromJdk, NOW)).isInstanceOf(Verification.Verified.class);
    }
    assertThat(der.verifying().provider().getName()).isEqualTo("DerOnly");
    assertThat(jdk.verifying().provider().getName()).isEqualTo("SunEC");
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 48, 66})
  @DisplayName("two numbers MUST come back from DER as they went, whatever their leading bits")
  void derRoundTrip(int numberBytes) {
    CurveSignature curve =
        new CurveSignature(
            numberBytes, BigInteger.ONE.shiftLeft(8 * numberBytes).subtract(BigInteger.ONE));
    Random random = new Random(7);
    for (int zeros = 0; zeros < numberBytes; zeros++) {
      byte[] signature = new byte[2 * numberBytes];
      random.nextBytes(signature);
      Arrays.fill(signature, 0, zeros, (byte) 0);
      Arrays.fill(signature, numberBytes, numberBytes + zeros, (byte) 0);
      signature[numberBytes - 1] |= 1;
      signature[2 * numberBytes - 1] |= 1;

      byte[] der = curve.toDer(signature);

      assertThat(CurveSignature.fromDer(der, numberBytes)).isEqualTo(signature);
      for (int i = 0; i < der.length; i++) {
        assertNotDer(Arrays.copyOf(der, i), numberBytes);
      }
      assertNotDer(Arrays.copyOf(der, der.length + 1), numberBytes);
    }
  }

  @Test
  @DisplayName("what a provider signs in any but the shortest DER MUST NOT become a token")
  void strictDer() {
    for (String der :
        new String[] {
          "3006020101020101ff",
          "31060201010201 01",
          "3081060201010201 01",
          "300702020001020101",
          "3006020181020101",
          "30060201010202 01",
          "3005020002020 101",
          "3006030101020101",
        }) {
      assertNotDer(HexFormat.of().parseHex(der.replace(" ", "")), 32);
    }
  }

  @Test
  @DisplayName("a provider that cannot do the algorithm MUST be refused by name")
  void missing() {
    assertThatThrownBy(() -> SigningKey.generateHs256("k").withProvider(new DerOnly()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DerOnly cannot do HS256");
    assertThatThrownBy(
            () -> SigningKey.generateEd25519("k").verifying().withProvider(new DerOnly()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DerOnly cannot do ED25519");
  }

  @Test
  @DisplayName("a chosen provider MUST do the work: of a JDK the same tokens")
  void jdkByName() {
    SigningKey key = SigningKey.generateHs256("k1");
    SigningKey chosen = key.withProvider(Security.getProvider("SunJCE"));

    assertThat(service(chosen).issue(session(Map.of())))
        .isEqualTo(service(key).issue(session(Map.of())));
    assertThat(chosen.verifying().provider().getName()).isEqualTo("SunJCE");
  }

  @Test
  @DisplayName("the note at start MUST name key and provider, and a faster one where ours is slow")
  void note() {
    SigningKey curve = SigningKey.generateEs256("2026-11");
    VerifyingKey elsewhere = curve.verifying().withProvider(new DerOnly());

    assertThat(ProviderNote.of(curve.verifying()))
        .startsWith("Key '2026-11' (ES256) verifies with SunEC ")
        .contains("Amazon Corretto Crypto Provider or Conscrypt");
    assertThat(ProviderNote.of(SigningKey.generateEd25519("d").verifying()))
        .startsWith("Key 'd' (ED25519) verifies with SunEC ")
        .contains("Conscrypt");
    assertThat(ProviderNote.of(elsewhere))
        .isEqualTo("Key '2026-11' (ES256) verifies with DerOnly 1.");
    assertThat(ProviderNote.of(SigningKey.generateHs256("h").verifying()))
        .matches("Key 'h' \\(HS256\\) verifies with SunJCE \\d+\\.");
  }

  private static void assertNotDer(byte[] der, int numberBytes) {
    assertThatThrownBy(() -> CurveSignature.fromDer(der, numberBytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no ECDSA signature in DER");
  }
}
