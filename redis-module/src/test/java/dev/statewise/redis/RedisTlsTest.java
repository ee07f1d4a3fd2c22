package dev.statewise.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statewise.embedded.RedisServer;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose certificate names {@code localhost} and nothing else. */
class RedisTlsTest {

  private static final String PASSWORD = "changeit";

  private final SSLContext before = defaultContext();
  private final SessionKey key = Samples.session().key();
  private KeyStore certificate;
  private SSLContext trusting;

  @BeforeEach
  void certify(@TempDir Path directory) throws Exception {
    certificate = certificate(directory);
    trusting = context(certificate);
  }

  @AfterEach
  void restore() {
    SSLContext.setDefault(before);
  }

  @Test
  @DisplayName("a server of the name in its trusted certificate MUST be used")
  void named() throws IOException {
    SSLContext.setDefault(trusting);
    try (FakeServer server = server(RedisTlsTest::absent);
        RedisSessionStore store = RedisSessionStore.connect(uri("localhost", server))) {
      assertThat(store.find(key)).isEmpty();
      assertThat(store.find(key)).isEmpty();
    }
  }

  @Test
  @DisplayName("a server of another name than its certificate's MUST be unavailable")
  void misnamed() throws IOException {
    SSLContext.setDefault(trusting);
    try (FakeServer server = server(RedisTlsTest::absent);
        RedisSessionStore store = RedisSessionStore.connect(uri("127.0.0.1", server))) {
      assertThat(catchThrowable(() -> store.find(key)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasRootCauseInstanceOf(GeneralSecurityException.class)
          .hasStackTraceContaining(SSLException.class.getPackageName());
    }
  }

  @Test
  @DisplayName("a certificate that this JVM does not trust MUST be unavailable")
  void untrusted() throws IOException {
    try (FakeServer server = server(RedisTlsTest::absent);
        RedisSessionStore store = RedisSessionStore.connect(uri("localhost", server))) {
      assertThat(catchThrowable(() -> store.find(key)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasRootCauseInstanceOf(GeneralSecurityException.class);
    }
  }

  @Test
  @DisplayName("a server that never reads under TLS MUST be unavailable by the deadline")
  void neverReading() throws IOException {
    SSLContext.setDefault(trusting);
    FakeServer.Talk shakingHands =
        (in, out, self) -> {
          in.readNBytes(1);
          self.isClosedWithin(Duration.ofHours(1));
        };
    try (FakeServer server = server(shakingHands)) {
      RedisConnection hasty =
          RedisConnection.to(uri("localhost", server)).withSocketTimeout(Duration.ofSeconds(1));
      try (RedisSessionStore store = RedisSessionStore.connect(hasty)) {
        RedisDeadlineTest.assertUnavailable(
            hasty, () -> store.create(Samples.session().with("large", "x".repeat(16 << 20))));
      }
    }
  }

  @Test
  @DisplayName("a real server MUST be used over TLS, also the one that a sentinel names")
  void realServer(@TempDir Path directory) throws Exception {
    SSLContext.setDefault(trusting);
    int port = freePort();
    Session session = Samples.session();
    try (RedisServer server = serverOverTls(directory, port);
        FakeServer sentinel = SharedSentinels.naming("localhost", port)) {
      List<RedisConnection> connections =
          List.of(
              RedisConnection.to(URI.create("rediss://localhost:" + port)),
              RedisConnection.toSentinels(URI.create("rediss://statewise"), sentinel.uri()));
      for (RedisConnection connection : connections) {
        try (RedisSessionStore store = RedisSessionStore.connect(SharedRedis.patient(connection))) {
          assertThat(store.create(session)).isTrue();
          assertThat(store.find(session.key())).contains(session);
          assertThat(store.subjects().orElseThrow().deleteAll("ann")).isEqualTo(1);
          assertThat(store.find(session.key())).isEmpty();
        }
      }
      assertThat(server.isRunning()).isTrue();
    }
  }

  private RedisServer serverOverTls(Path directory, int port) throws Exception {
    Path certificateFile = directory.resolve("certificate.pem");
    Path keyFile = directory.resolve("key.pem");
    Files.writeString(
        certificateFile, pem("CERTIFICATE", certificate.getCertificate("server").getEncoded()));
    Files.writeString(
        keyFile,
        pem("PRIVATE KEY", certificate.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    return SharedRedis.ownServer(
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        certificateFile.toString(),
        "--tls-key-file",
        keyFile.toString(),
        "--tls-auth-clients",
        "no");
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(encoded));
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  private static void absent(InputStream in, OutputStream out, FakeServer self) throws IOException {
    while (in.read(new byte[8192]) > 0) {
      out.write("$-1\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  private static URI uri(String host, FakeServer server) {
    return URI.create("rediss://" + host + ":" + server.port());
  }

  private FakeServer server(FakeServer.Talk talk) throws IOException {
    return FakeServer.start(trusting.getServerSocketFactory().createServerSocket(), talk);
  }

  private static SSLContext context(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static KeyStore certificate(Path directory) throws Exception {
    Path file = directory.resolve("server.p12");
    String line =
        "-genkeypair -alias server -keyalg EC -dname CN=server -ext san=dns:localhost -storetype PKCS12 -storepass %s -keystore %s"
            .formatted(PASSWORD, file);
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder((keytool + " " + line).split(" ", -1)).redirectErrorStream(true).start();
    assertThat(process.waitFor()).as("keytool").isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    // As its own authority: a store trusts the certificates in it that have no key.
    store.setCertificateEntry("trusted", store.getCertificate("server"));
    return store;
  }

  private static SSLContext defaultContext() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
