package dev.statewise.jwt;

import static dev.statewise.jwt.Refusal.require;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tokens of other issuers: the strict gate, with JJWT's algorithms, and then the claims.
 *
 * <p>The issuer is read before the signature holds, and nothing is made of it but the choice of
 * whose keys and rules apply: a token cannot name an issuer and be verified with a key of another.
 */
final class ExternalTokens {

  private static final Logger LOG = LoggerFactory.getLogger(ExternalSessions.class);

  private static final int LONGEST_ID = 256;

  /** A session in a token, alive or not, and who signed it. */
  record External(Session session, ExternalIssuer issuer, boolean isNamedBySession) {}

  private final Map<String, ExternalIssuer> issuers;

  /**
   * @throws IllegalArgumentException if two have one name, or one subject could be of two of them
   */
  ExternalTokens(List<ExternalIssuer> issuers) {
    Map<String, ExternalIssuer> named = new LinkedHashMap<>();
    for (ExternalIssuer issuer : issuers) {
      named.values().forEach(other -> requireApart(issuer, other));
      named.put(issuer.issuer(), issuer);
    }
    this.issuers = Map.copyOf(named);
  }

  /**
   * @throws dev.statewise.spi.StoreUnavailableException if the issuer's keys are not known now
   */
  External read(String token, Instant now) throws RefusedException {
    Choice choice = new Choice(now);
    new StrictGate(JwtTokenService.MAX_TOKEN_BYTES, Header.NAMES_OF_OTHERS, choice).open(token);
    return new Reading(choice.issuer(), choice.claims(), now).read();
  }

  /** The names of the issuers. */
  @Override
  public String toString() {
    return issuers.keySet().toString();
  }

  private static void requireApart(ExternalIssuer one, ExternalIssuer other) {
    if (one.issuer().equals(other.issuer())) {
      throw new IllegalArgumentException(
          "Two issuers are named %s, so a token could not say which of them it is of. Leave one out."
              .formatted(one.issuer()));
    }
    if (one.subjectPrefix().startsWith(other.subjectPrefix())
        || other.subjectPrefix().startsWith(one.subjectPrefix())) {
      throw new IllegalArgumentException(
          "The subjects of %s begin with '%s' and those of %s with '%s', so one subject could be two people. Give each a subjectPrefix that the other's does not begin with."
              .formatted(one.issuer(), one.subjectPrefix(), other.issuer(), other.subjectPrefix()));
    }
  }

  /** Chooses the key of one token, and remembers what that took. */
  private final class Choice implements StrictGate.KeyChoice {
    private final Instant now;
    private @Nullable ExternalIssuer issuer;
    private @Nullable ExternalClaims claims;

    Choice(Instant now) {
      this.now = now;
    }

    @Override
    public @Nullable VerifyingKey of(Header header, byte[] payload) throws RefusedException {
      claims = ExternalClaims.parse(payload);
      issuer = claims.text("iss").map(issuers::get).orElse(null);
      if (issuer == null) {
        throw new RefusedException(Refusal.ISSUER);
      }
      String kid = header.kid();
      String alg = header.alg();
      boolean mayBeKnown =
          kid != null && alg != null && issuer.hasType(header.typ()) && issuer.keys().allows(alg);
      return mayBeKnown && kid != null ? issuer.keys().find(kid, now) : null;
    }

    ExternalIssuer issuer() {
      return known(issuer);
    }

    ExternalClaims claims() {
      return known(claims);
    }

    private static <T> T known(@Nullable T chosen) {
      if (chosen == null) {
        throw new IllegalStateException("The gate opened without a key.");
      }
      return chosen;
    }
  }

  /** Claims whose signature holds, into a session. */
  private record Reading(ExternalIssuer issuer, ExternalClaims claims, Instant now) {

    External read() throws RefusedException {
      require(claims.texts("aud").contains(issuer.audience()), Refusal.AUDIENCE);
      long issuedAt = second("iat");
      long expiry = second("exp");
      Instant latest = now.plus(issuer.clockSkew());
      boolean isEarly =
          Instant.ofEpochSecond(issuedAt).isAfter(latest)
              || (claims.has("nbf") && Instant.ofEpochSecond(second("nbf")).isAfter(latest));
      require(!isEarly, Refusal.EARLY);
      boolean isBounded =
          expiry > issuedAt && expiry - issuedAt <= issuer.maxTokenLife().toSeconds();
      require(isBounded, Refusal.VALUES);
      boolean hasSession = claims.has(issuer.sessionClaim());
      String named = hasSession ? issuer.sessionClaim() : issuer.tokenClaim();
      return new External(session(key(named, id(named)), issuedAt, expiry), issuer, hasSession);
    }

    private Session session(SessionKey key, long issuedAt, long expiry) throws RefusedException {
      try {
        return Session.restore(
            key,
            issuer.subjectPrefix() + subject(),
            SecretHash.NONE,
            1,
            Instant.ofEpochSecond(createdAt(issuedAt)),
            Instant.ofEpochSecond(issuedAt),
            Duration.ofSeconds(expiry - issuedAt),
            Instant.ofEpochSecond(expiry),
            attributes());
      } catch (IllegalArgumentException e) {
        throw new RefusedException(Refusal.VALUES);
      }
    }

    /** When the user logged in, if the issuer says so. */
    private long createdAt(long issuedAt) throws RefusedException {
      long loggedInAt = claims.has("auth_time") ? second("auth_time") : issuedAt;
      require(loggedInAt <= issuedAt + issuer.clockSkew().toSeconds(), Refusal.VALUES);
      return Math.min(loggedInAt, issuedAt);
    }

    private String subject() throws RefusedException {
      Optional<String> subject = claims.text("sub").filter(text -> !text.isBlank());
      return subject.orElseThrow(() -> new RefusedException(Refusal.VALUES));
    }

    private Map<String, String> attributes() throws RefusedException {
      try {
        return Map.copyOf(issuer.attributes(claims));
      } catch (RuntimeException e) {
        LOG.warn(
            "The attributes of a token of {} could not be made ({}), so it is refused. Mend the function that makes them of the claims.",
            issuer.issuer(),
            e.getClass().getName());
        throw new RefusedException(Refusal.VALUES);
      }
    }

    private long second(String name) throws RefusedException {
      long second = claims.number(name).orElse(-1L);
      require(second >= 0 && second <= SessionClaims.LATEST_SECOND, Refusal.VALUES);
      return second;
    }

    /** What names the session or the token: without it nothing could be refused later. */
    private String id(String claim) throws RefusedException {
      String id = claims.text(claim).orElse("");
      boolean names =
          !id.isEmpty()
              && id.length() <= LONGEST_ID
              && id.chars().allMatch(c -> c > ' ' && c < 0x7F);
      require(names, Refusal.VALUES);
      return id;
    }

    /** The same for all tokens of a session, and for no other issuer's or claim's. */
    private SessionKey key(String claim, String id) {
      MessageDigest sha256 = Sha256.digest();
      for (String part : new String[] {issuer.issuer(), claim, id}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update((byte) (bytes.length >> 8));
        sha256.update((byte) bytes.length);
        sha256.update(bytes);
      }
      return new SessionKey(Base64Url.encode(sha256.digest()).substring(0, SessionKey.LENGTH));
    }
  }
}
