package dev.statewise.benchmarks.experiment;

import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose code signs and verifies. All but the JDK's own are optional, and loaded by name. */
public enum CryptoProvider {
  /** Whatever the JDK prefers: SunEC, SunRsaSign, SunJCE. */
  JDK("jdk", null),
  ACCP("accp", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider"),
  CONSCRYPT("conscrypt", "org.conscrypt.OpenSSLProvider"),
  BOUNCY_CASTLE("bouncy-castle", "org.bouncycastle.jce.provider.BouncyCastleProvider");

  private final String text;
  private final @Nullable String type;

  CryptoProvider(String text, @Nullable String type) {
    this.text = text;
    this.type = type;
  }

  /**
   * A provider, or why there is none.
   *
   * @param provider empty for the JDK's own preference
   * @param absence empty if it can be used
   */
  record Found(Optional<Provider> provider, Optional<String> absence) {}

  Found find() {
    String name = type;
    if (name == null) {
      return new Found(Optional.empty(), Optional.empty());
    }
    try {
      Object made = Class.forName(name).getDeclaredConstructor().newInstance();
      return new Found(Optional.of((Provider) made), Optional.empty());
    } catch (ClassNotFoundException e) {
      return absent("its jar is not in providers/ beside the jar");
    } catch (InvocationTargetException e) {
      return absent("it does not start here (" + name(e.getCause()) + ")");
    } catch (ReflectiveOperationException | LinkageError e) {
      return absent("it cannot be loaded here (" + name(e) + ")");
    }
  }

  @Override
  public String toString() {
    return text;
  }

  private static Found absent(String why) {
    return new Found(Optional.empty(), Optional.of(why));
  }

  private static String name(@Nullable Throwable thrown) {
    return thrown == null ? "no reason given" : thrown.getClass().getSimpleName();
  }
}
