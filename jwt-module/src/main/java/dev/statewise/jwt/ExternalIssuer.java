package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else who signs tokens that are accepted here: Keycloak, Auth0, Entra and the like. Its
 * tokens are verified with its own keys only, by the one algorithm of each, and must name it and
 * this application. Immutable.
 *
 * <pre>{@code
 * ExternalIssuer login =
 *     ExternalIssuer.builder("https://login.example/realms/shop", "shop-api", keys)
 *         .type("at+jwt")
 *         .attributes(claims -> Map.of("roles", String.join(" ", claims.texts("roles"))))
 *         .build();
 * }</pre>
 */
public final class ExternalIssuer {

  private static final String MEDIA_TYPE_PREFIX = "application/";
  private static final int LONGEST_NAME = 256;
  private static final Duration LONGEST_SKEW = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final String issuer;
  private final String audience;
  private final IssuerKeys keys;
  private final @Nullable String type;
  private final String sessionClaim;
  private final String tokenClaim;
  private final Duration clockSkew;
  private final Duration maxTokenLife;
  private final Duration sessionLifetime;
  private final String subjectPrefix;
  private final Function<ExternalClaims, Map<String, String>> attributes;

  private ExternalIssuer(Builder builder) {
    this.issuer = name("issuer", builder.issuer);
    this.audience = name("audience", builder.audience);
    this.keys = builder.keys;
    this.type = builder.type == null ? null : mediaType(name("type", builder.type));
    this.sessionClaim = name("sessionClaim", builder.sessionClaim);
    this.tokenClaim = name("tokenClaim", builder.tokenClaim);
    this.clockSkew = builder.clockSkew;
    this.maxTokenLife = builder.maxTokenLife;
    this.sessionLifetime = builder.sessionLifetime;
    this.subjectPrefix = builder.subjectPrefix;
    this.attributes = builder.attributes;
    RemoteKeySetSettings.require("clockSkew", clockSkew, Duration.ZERO, LONGEST_SKEW);
    RemoteKeySetSettings.require("maxTokenLife", maxTokenLife, Duration.ofSeconds(1), LONGEST);
    if (maxTokenLife.compareTo(sessionLifetime) > 0) {
      throw new IllegalArgumentException(
          "maxTokenLife (%s) exceeds sessionLifetime (%s), so an ended session's last token would outlive its refusal. Raise sessionLifetime or lower maxTokenLife."
              .formatted(maxTokenLife, sessionLifetime));
    }
    RemoteKeySetSettings.require("sessionLifetime", sessionLifetime, maxTokenLife, LONGEST);
    if (!isText(subjectPrefix)) {
      throw new IllegalArgumentException(
          "The subjectPrefix has U+0000 or is not well-formed Unicode, so no session could have it. Use letters and a colon, for instance 'staff:'.");
    }
  }

  /**
   * An issuer whose tokens are for {@code audience}.
   *
   * @param issuer exactly what its tokens say in {@code iss}, compared character by character
   * @param audience what its tokens must say in {@code aud}, alone or among others
   * @param keys what its tokens are verified with, and no other issuer's
   */
  public static Builder builder(String issuer, String audience, IssuerKeys keys) {
    return new Builder(
        requireNonNull(issuer, "issuer"),
        requireNonNull(audience, "audience"),
        requireNonNull(keys, "keys"));
  }

  /** What its tokens say in {@code iss}. */
  public String issuer() {
    return issuer;
  }

  String audience() {
    return audience;
  }

  IssuerKeys keys() {
    return keys;
  }

  String sessionClaim() {
    return sessionClaim;
  }

  String tokenClaim() {
    return tokenClaim;
  }

  Duration clockSkew() {
    return clockSkew;
  }

  Duration maxTokenLife() {
    return maxTokenLife;
  }

  Duration sessionLifetime() {
    return sessionLifetime;
  }

  String subjectPrefix() {
    return subjectPrefix;
  }

  Map<String, String> attributes(ExternalClaims claims) {
    return attributes.apply(claims);
  }

  /**
   * Whether a token of this kind is accepted: the one that was set, or else {@code JWT} or none. So
   * a token of another use ({@code logout+jwt}, {@code session+jwt}, …) never is by chance.
   */
  boolean hasType(@Nullable String said) {
    if (said == null) {
      return type == null;
    }
    return mediaType(said).equals(type == null ? "jwt" : type);
  }

  /** Issuer, audience and keys by name; no key material. */
  @Override
  public String toString() {
    return "ExternalIssuer[%s, for %s, %s, %s]"
        .formatted(issuer, audience, Optional.ofNullable(type).orElse("jwt"), keys);
  }

  /** A media type is not case-sensitive, and its first part may be left out: RFC 7515 §4.1.9. */
  private static String mediaType(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.startsWith(MEDIA_TYPE_PREFIX)
        ? lower.substring(MEDIA_TYPE_PREFIX.length())
        : lower;
  }

  private static String name(String what, String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME || !isText(name)) {
      throw new IllegalArgumentException(
          "The %s is blank, has more than %d characters or U+0000, or is not well-formed Unicode, so no token could have it. Copy it from the issuer's documentation."
              .formatted(what, LONGEST_NAME));
    }
    return name;
  }

  private static boolean isText(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Collects settings; nothing is checked before {@link #build}. Not thread-safe. */
  public static final class Builder {
    private final String issuer;
    private final String audience;
    private final IssuerKeys keys;
    private @Nullable String type;
    private String sessionClaim = "sid";
    private String tokenClaim = "jti";
    private Duration clockSkew = Duration.ofSeconds(30);
    private Duration maxTokenLife = Duration.ofHours(24);
    private Duration sessionLifetime = Duration.ofHours(24);
    private String subjectPrefix = "";
    private Function<ExternalClaims, Map<String, String>> attributes = claims -> Map.of();

    private Builder(String issuer, String audience, IssuerKeys keys) {
      this.issuer = issuer;
      this.audience = audience;
      this.keys = keys;
    }

    /**
     * The {@code typ} that every token must have, for instance {@code at+jwt} for access tokens
     * (RFC 9068 §2.1). By default {@code JWT} or none, and nothing else. Say it if the issuer does:
     * then its other tokens are not taken for these.
     */
    public Builder type(String type) {
      this.type = requireNonNull(type, "type");
      return this;
    }

    /**
     * The claim that names the session at the issuer, and is the same in all its tokens. By default
     * {@code sid}. A token without it is a session of its own.
     */
    public Builder sessionClaim(String sessionClaim) {
      this.sessionClaim = requireNonNull(sessionClaim, "sessionClaim");
      return this;
    }

    /**
     * The claim that names a token that has no session. By default {@code jti}; for Entra {@code
     * uti}. A token that has neither is refused, since it could not be ended.
     */
    public Builder tokenClaim(String tokenClaim) {
      this.tokenClaim = requireNonNull(tokenClaim, "tokenClaim");
      return this;
    }

    /**
     * How far the issuer's clock may be ahead of ours: {@code iat} and {@code nbf} may lie in the
     * future by so much. A token is dead at its {@code exp} all the same. By default 30 seconds;
     * zero to 60 seconds.
     */
    public Builder clockSkew(Duration clockSkew) {
      this.clockSkew = requireNonNull(clockSkew, "clockSkew");
      return this;
    }

    /**
     * How long after its {@code iat} a token may end. One that lives longer is refused. By default
     * 24 hours; 1 second to 366 days.
     */
    public Builder maxTokenLife(Duration maxTokenLife) {
      this.maxTokenLife = requireNonNull(maxTokenLife, "maxTokenLife");
      return this;
    }

    /**
     * How long a session can go on at the issuer, which does not ask us before it signs another
     * token for it. For so long an ended session stays refused. By default 24 hours; from {@code
     * maxTokenLife} to 366 days.
     */
    public Builder sessionLifetime(Duration sessionLifetime) {
      this.sessionLifetime = requireNonNull(sessionLifetime, "sessionLifetime");
      return this;
    }

    /**
     * What a session's subject begins with, before the token's {@code sub}. By default nothing.
     * With several issuers each needs one of its own, since two issuers may give one {@code sub} to
     * two people.
     */
    public Builder subjectPrefix(String subjectPrefix) {
      this.subjectPrefix = requireNonNull(subjectPrefix, "subjectPrefix");
      return this;
    }

    /**
     * Makes the session's attributes of the claims. By default there are none. If it throws, or
     * makes what no session can have, the token is refused and the log says so.
     */
    public Builder attributes(Function<ExternalClaims, Map<String, String>> attributes) {
      this.attributes = requireNonNull(attributes, "attributes");
      return this;
    }

    /**
     * The issuer.
     *
     * @throws IllegalArgumentException if a setting is outside its bounds, or a name is blank or
     *     none that a token can have
     */
    public ExternalIssuer build() {
      return new ExternalIssuer(this);
    }
  }
}
