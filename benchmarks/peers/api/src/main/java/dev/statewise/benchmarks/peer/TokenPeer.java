package dev.statewise.benchmarks.peer;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A library that signs tokens with HS256 and reads them; the state is in the token alone. What it
 * signs with is built once, and so is what it reads with, which demands the issuer, the audience
 * and that the token has not ended.
 */
public abstract class TokenPeer implements Peer {

  private static final int SECRET_BYTES = 32;
  private static final int SID_BYTES = 11;

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;

  /**
   * @param clock what a new token is stamped by; a library that reads tokens has its own
   */
  protected TokenPeer(InstantSource clock) {
    this.clock = clock;
  }

  /** A token that says this. */
  public abstract String issue(TokenClaims claims);

  /**
   * Verifies a token and takes from it all that it says; empty if it is refused.
   *
   * @throws RuntimeException never for a token, whatever it is
   */
  protected abstract Optional<TokenClaims> verified(String token);

  /** {@inheritDoc} Verifies it, and reads every claim and every attribute. */
  @Override
  public int request(String token) {
    return verified(token).map(TokenPeer::everything).orElse(-1);
  }

  @Override
  public final String open(String subject, Map<String, String> attributes) {
    return issue(newClaims(subject, attributes));
  }

  /** What a token of a new session says. */
  public final TokenClaims newClaims(String subject, Map<String, String> attributes) {
    byte[] sid = new byte[SID_BYTES];
    random.nextBytes(sid);
    return TokenClaims.of(
        Base64.getUrlEncoder().withoutPadding().encodeToString(sid),
        subject,
        clock.millis(),
        attributes);
  }

  @Override
  public final Optional<Map<String, String>> attributes(String token) {
    return verified(token).map(TokenClaims::att);
  }

  @Override
  public final Optional<Held> hold(String token) {
    return verified(token).map(HeldClaims::new);
  }

  @Override
  public final Optional<String> rotate(String token) {
    return Optional.empty();
  }

  /** {@inheritDoc} A token alone cannot be: nobody keeps that it was. */
  @Override
  public boolean end(String token) {
    return false;
  }

  @Override
  public final String expired(String token) {
    return issue(verified(token).orElseThrow().ended());
  }

  @Override
  public void close() {}

  /** A new secret for HS256. */
  protected static byte[] newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /** The attributes in a JSON object of strings, as a library gives it. */
  @SuppressWarnings("unchecked") // this peer's own token, and only text was put into it
  protected static Map<String, String> texts(Map<?, ?> attributes) {
    return (Map<String, String>) attributes;
  }

  private static int everything(TokenClaims claims) {
    long sum =
        claims.sid().length()
            + claims.sub().length()
            + claims.ver()
            + claims.cat()
            + claims.iat()
            + claims.idl()
            + claims.max()
            + claims.exp();
    for (Map.Entry<String, String> attribute : claims.att().entrySet()) {
      sum += attribute.getKey().length() + attribute.getValue().length();
    }
    return (int) sum & Integer.MAX_VALUE;
  }

  /** What a token said, of which a new one is issued. */
  private final class HeldClaims implements Held {
    private final TokenClaims found;
    private final Map<String, String> attributes;

    HeldClaims(TokenClaims found) {
      this.found = found;
      this.attributes = new HashMap<>(found.att());
    }

    @Override
    public void set(String name, String value) {
      attributes.put(name, value);
    }

    @Override
    public String finish() {
      return issue(found.with(attributes));
    }
  }
}
