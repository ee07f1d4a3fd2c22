package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.NOW;
import static dev.statewise.jwt.Forge.refused;
import static dev.statewise.jwt.Forge.service;
import static dev.statewise.jwt.Forge.session;
import static dev.statewise.session.Rejection.UNTRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.SessionPolicy;
import dev.statewise.StatelessSessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Unavailable;
import dev.statewise.spi.StoreUnavailableException;
import dev.statewise.spi.Verification;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.function.Predicate;
import javax.crypto.MacSpi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A provider in front of the JDK's: one that fails, and one that alone can use a private key. */
class ProviderFailureTest {

  /** Whose private keys only it can use, and that fails for signatures of the test's choice. */
  private static final class Device extends Provider {
    private static final long serialVersionUID = 1L;

    private transient Predicate<byte[]> fails = any -> false;
    private int verifications;

    Device() {
      super("Device", "1", "a device that may be gone");
      for (String kind : new String[] {"Signature", "Mac"}) {
        for (String name : new String[] {"SHA256withECDSAinP1363Format", "HmacSHA256"}) {
          putService(new Made(this, kind, name));
        }
      }
    }

    private static final class Made extends Service {
      private final Device device;

      Made(Device device, String kind, String name) {
        super(device, kind, name, Made.class.getName(), null, null);
        this.device = device;
      }

      @Override
      public boolean supportsParameter(Object key) {
        return true;
      }

      @Override
      public Object newInstance(@Nullable Object parameter) {
        return getType().equals("Mac") ? new DeviceMac() : new DeviceSignature(device);
      }
    }
  }

  /** A private key that never leaves its device. */
  @SuppressWarnings("serial") // never serialised
  private record Handle(PrivateKey inside) implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }
  }

  private static final class DeviceSignature extends SignatureSpi {
    private final Device device;
    private final Signature jdk;

    DeviceSignature(Device device) {
      this.device = device;
      try {
        this.jdk = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
      } catch (java.security.GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      jdk.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      jdk.initSign(key instanceof Handle handle ? handle.inside() : key);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      jdk.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int from, int length) throws SignatureException {
      jdk.update(bytes, from, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      return jdk.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      device.verifications++;
      if (device.fails.test(signature)) {
        throw new ProviderException("the device is gone");
      }
      return jdk.verify(signature);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }

  /** Works twice, while the key is built, and never again. */
  private static final class DeviceMac extends MacSpi {
    private static int tags;

    @Override
    protected int engineGetMacLength() {
      return 32;
    }

    @Override
    protected void engineInit(Key key, @Nullable AlgorithmParameterSpec parameters) {}

    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {}

    @Override
    protected byte[] engineDoFinal() {
      if (tags++ >= 2) {
        throw new ProviderException("the device is gone");
      }
      return new byte[32];
    }

    @Override
    protected void engineReset() {}
  }

  private final Device device = new Device();
  private final SigningKey plain = SigningKey.generateEs256("k1");
  private final SigningKey onDevice = SigningKey.of("k1", Algorithm.ES256, pair(), device);

  private static KeyPair pair() {
    KeyPair pair = KeyStrengthTest.pair("EC", new ECGenParameterSpec("secp256r1"));
    return new KeyPair(pair.getPublic(), new Handle(pair.getPrivate()));
  }

  @Test
  @DisplayName("a key that only its provider can use MUST sign there, and verify without it")
  void keyOfADevice() {
    Credential token = service(onDevice).issue(session(Map.of()));

    assertThat(service(onDevice).verify(token, NOW)).isInstanceOf(Verification.Verified.class);
    assertThat(device.verifications).isZero();
    assertThat(onDevice.verifying().provider().getName()).isEqualTo("SunEC");
  }

  @Test
  @DisplayName("a key that only its provider can use MUST be refused without it or by another")
  void keyOfADeviceElsewhere() {
    assertThatThrownBy(() -> SigningKey.of("k1", Algorithm.ES256, pair()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                SigningKey.of(
                    "k1", Algorithm.ES256, pair(), java.security.Security.getProvider("SunEC")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SunEC cannot do ES256");
  }

  @Test
  @DisplayName("a provider that fails MUST be an outage, neither good nor bad, told with its cause")
  void outage() {
    JwtTokenService service = service(plain.withProvider(device));
    Credential token = service(plain).issue(session(Map.of()));
    device.fails = any -> true;

    assertThatThrownBy(() -> service.verify(token, NOW))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("Device failed to verify with ES256")
        .hasMessageContaining("503")
        .hasCauseInstanceOf(ProviderException.class);
    assertThat(
            StatelessSessions.over(service, SessionPolicy.builder().build())
                .withClock(() -> NOW)
                .validate(token))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName("a signature that a provider throws for, and for no other, MUST be refused")
  void malformedSignature() {
    JwtTokenService service = service(plain.withProvider(device));
    Credential token = service(plain).issue(session(Map.of()));
    byte[] signature = Forge.decode(token.value().substring(token.value().lastIndexOf('.') + 1));
    device.fails = bytes -> java.util.Arrays.equals(bytes, signature);

    assertThat(service.verify(token, NOW)).isEqualTo(refused(UNTRUSTED));
  }

  @Test
  @DisplayName("a provider that failed once and works again MUST give its verdict")
  void failedOnce() {
    JwtTokenService service = service(plain.withProvider(device));
    Credential token = service(plain).issue(session(Map.of()));
    int before = device.verifications;
    device.fails = any -> device.verifications == before + 1;

    assertThat(service.verify(token, NOW)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  @DisplayName("a MAC that fails MUST be an outage and not a refusal")
  void mac() {
    VerifyingKey key = SigningKey.generateHs256("k1").withProvider(device).verifying();

    assertThatThrownBy(() -> key.verifies(new byte[1], new byte[32]))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("HS256");
  }
}
