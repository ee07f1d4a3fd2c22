package dev.statewise.benchmarks;

import dev.statewise.Sessions;
import dev.statewise.embedded.TcpProxy;
import dev.statewise.jdbc.JdbcSessionStore;
import dev.statewise.jwt.Algorithm;
import dev.statewise.objectstorage.ObjectSessionStore;
import dev.statewise.redis.RedisSessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What identifies the code of this project that runs in this JVM: that of the rig and all arms. */
final class BuildHash {

  private static final int BYTES_SHOWN = 8;

  /** One class of each module. */
  private static final List<Class<?>> MODULES =
      List.of(
          Main.class,
          Sessions.class,
          Algorithm.class,
          RedisSessionStore.class,
          JdbcSessionStore.class,
          ObjectSessionStore.class,
          TcpProxy.class);

  private BuildHash() {}

  /** The same in every JVM that was started with the same jars, and in no other. */
  static String own() {
    MessageDigest digest = sha256();
    MODULES.stream().map(BuildHash::place).forEach(place -> add(place, digest));
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES_SHOWN);
  }

  private static Path place(Class<?> module) {
    try {
      return Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place that this class is in is no path.", e);
    }
  }

  private static void add(Path place, MessageDigest digest) {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }
}
