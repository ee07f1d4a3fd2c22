package dev.statewise.jwt.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatelessSessions;
import dev.statewise.jwt.ExternalSessions;
import dev.statewise.jwt.IssuerKeys;
import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.LiveKeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.jwt.TokenBudget;
import dev.statewise.jwt.VerifyingKey;
import dev.statewise.jwt.guide.Snippets.Running;
import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.session.Credential;
import dev.statewise.session.Ending;
import dev.statewise.session.NotKept;
import dev.statewise.session.Session;
import dev.statewise.session.Validation.Accepted;
import dev.statewise.session.Validation.Rejected;
import dev.statewise.spi.Verification;
import io.jsonwebtoken.Jwts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the guide to code that compiles and does what the guide says. */
class TokensGuideTest {

  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Path GUIDE = Path.of("..", "docs", "guide", "tokens.md");
  private static final Path HERE =
      Path.of("src", "test", "java", "dev", "statewise", "jwt", "guide");

  private static final SessionPolicy POLICY = SessionPolicy.defaults();
  private static final SigningKey OCTOBER = SigningKey.generateEs256("2026-10");
  private static final SigningKey NOVEMBER = SigningKey.generateEs256("2026-11");
  private static final SigningKey DECEMBER = SigningKey.generateEs256("2026-12");

  @Test
  @DisplayName("each piece of Java in the guide MUST be code that compiles")
  void compiles() throws IOException {
    String compiled =
        squeezed(
            Files.readString(HERE.resolve("Snippets.java"))
                + Files.readString(HERE.resolve("RefreshSnippets.java")));

    List<String> pieces =
        JAVA.matcher(Files.readString(GUIDE)).results().map(piece -> piece.group(1)).toList();

    assertThat(pieces)
        .hasSizeGreaterThan(4)
        .allSatisfy(
            piece ->
                assertThat(piece.split("\\n\\n", -1))
                    .allSatisfy(part -> assertThat(compiled).contains(squeezed(part))));
  }

  @Test
  @DisplayName("keys made by the commands of the guide MUST sign")
  void keysThatLast(@TempDir Path folder) throws Exception {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    SigningKey shared =
        Snippets.shared(Map.of("SESSION_KEY", Base64.getEncoder().encodeToString(random)));
    SigningKey pair =
        Snippets.pair(pkcs12(folder.resolve("sessions.p12")), "changeit".toCharArray());

    for (SigningKey key : List.of(shared, pair)) {
      Sessions sessions = StatelessSessions.over(service(KeyRing.of(key)), POLICY);
      Credential token = sessions.open("alice", Map.of()).grantOrThrow().credential();
      assertThat(sessions.validate(token)).isInstanceOf(Accepted.class);
    }
  }

  /** As the guide's line of keytool makes it. */
  private static File pkcs12(Path file) throws Exception {
    String command =
        Pattern.compile("`keytool (.*?) -keystore sessions.p12`")
            .matcher(Files.readString(GUIDE))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(command.split(" ")));
    line.addAll(List.of("-keystore", file.toString(), "-storepass", "changeit"));
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
    return file.toFile();
  }

  @Test
  @DisplayName(
      "a session of the guide's shape MUST fit a cookie, and have no larger token than told")
  void sized() {
    JwtTokenService tokens = service(KeyRing.of(OCTOBER));
    int largest = Snippets.sized(tokens, POLICY);

    Credential token =
        StatelessSessions.over(tokens, POLICY)
            .open("s".repeat(36), Map.of("cart", "x".repeat(200)))
            .grantOrThrow()
            .credential();

    assertThat(largest)
        .isLessThan(TokenBudget.cookie("__Host-id").tokenBytes())
        .isBetween(token.value().length(), token.value().length() + 24);
  }

  @Test
  @DisplayName("neighbouring steps of the restarts MUST read each other's tokens")
  void restarts() {
    Instant now = Instant.now();
    List<KeyRing> rings =
        Snippets.restarts(OCTOBER, NOVEMBER, now.plus(Duration.ofMinutes(10)), POLICY);

    for (int i = 1; i < rings.size(); i++) {
      JwtTokenService before = service(rings.get(i - 1));
      JwtTokenService after = service(rings.get(i));
      assertThat(after.verify(token(before), now)).isInstanceOf(Verification.Verified.class);
      assertThat(before.verify(token(after), now)).isInstanceOf(Verification.Verified.class);
    }
  }

  @Test
  @DisplayName(
      "a rotation while it runs MUST log nobody out, and a stolen key everybody it signed for")
  void runs() {
    Running node = Snippets.running(OCTOBER, NOVEMBER, DECEMBER, InstantSource.system(), POLICY);
    Credential before = opened(node.sessions());
    node.rotation().run();
    Credential after = opened(node.sessions());

    assertThat(node.sessions().validate(before)).isInstanceOf(Accepted.class);
    assertThat(node.sessions().validate(after)).isInstanceOf(Accepted.class);
    Snippets.stolen(node.keys());
    assertThat(node.sessions().validate(before)).isInstanceOf(Rejected.class);
    assertThat(node.sessions().validate(after)).isInstanceOf(Accepted.class);
  }

  @Test
  @DisplayName("the published set MUST have the keys of the ring")
  void publishes() {
    LiveKeyRing keys = LiveKeyRing.of(KeyRing.of(OCTOBER).withNext(NOVEMBER));

    assertThat(Snippets.published(keys, InstantSource.system()))
        .contains("\"kid\":\"2026-10\"", "\"kid\":\"2026-11\"");
  }

  @Test
  @DisplayName("a logout everywhere MUST refuse each token of the user, and let them in again")
  void everywhere() {
    Sessions sessions = Snippets.revocable(service(KeyRing.of(OCTOBER)), POLICY);
    List<Credential> phones = List.of(opened(sessions), opened(sessions));

    assertThat(Snippets.everywhere(sessions)).isEqualTo(new Ending.Ended(true, Duration.ZERO));

    phones.forEach(phone -> assertThat(sessions.validate(phone)).isInstanceOf(Rejected.class));
    assertThat(sessions.validate(opened(sessions))).isInstanceOf(Accepted.class);
  }

  @Test
  @DisplayName("stateless alone MUST say that it cannot log out everywhere")
  void statelessCannot() {
    Sessions sessions = StatelessSessions.over(service(KeyRing.of(OCTOBER)), POLICY);
    Credential phone = opened(sessions);

    assertThat(Snippets.everywhere(sessions))
        .isInstanceOfSatisfying(
            NotKept.class,
            notKept -> assertThat(notKept.refusedWithin()).isEqualTo(POLICY.absoluteLifetime()));
    assertThat(sessions.validate(phone)).isInstanceOf(Accepted.class);
  }

  @Test
  @DisplayName("a token of another issuer MUST be accepted with its roles, until its session ends")
  void external() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    VerifyingKey key = VerifyingKey.rs256("2026-11", (RSAPublicKey) pair.getPublic());
    ExternalSessions sessions =
        Snippets.external(IssuerKeys.of(key), InMemoryRevocationList.create());
    Date now = Date.from(Instant.now());
    String token =
        Jwts.builder()
            .header()
            .keyId("2026-11")
            .and()
            .issuer("https://login.example/realms/shop")
            .audience()
            .add("shop-api")
            .and()
            .subject("alice")
            .issuedAt(now)
            .expiration(Date.from(now.toInstant().plusSeconds(300)))
            .claim("sid", "s-1")
            .claim("realm_access", Map.of("roles", List.of("admin", "staff")))
            .signWith(pair.getPrivate(), Jwts.SIG.RS256)
            .compact();

    Session session = Snippets.accept(sessions, token).acceptedOrThrow().session();
    assertThat(session.subject()).isEqualTo("alice");
    assertThat(session.attribute("roles")).contains("admin staff");

    sessions.end(session);
    assertThat(Snippets.accept(sessions, token)).isInstanceOf(Rejected.class);
    Snippets.remote().close();
  }

  private static Credential opened(Sessions sessions) {
    return sessions.open("alice", Map.of()).grantOrThrow().credential();
  }

  private static Credential token(JwtTokenService service) {
    return opened(StatelessSessions.over(service, POLICY));
  }

  private static JwtTokenService service(KeyRing ring) {
    return JwtTokenService.of(ring, "https://login.example", "shop");
  }

  /** Without its comments, and however its lines are broken. */
  private static String squeezed(String code) {
    return code.replaceAll("(?m)(^|\\s)//.*$", "").replaceAll("\\s+", "");
  }
}
