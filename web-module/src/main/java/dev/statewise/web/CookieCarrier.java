package dev.statewise.web;

import static java.util.Objects.requireNonNull;

import dev.statewise.session.Credential;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie: {@code __Host-id} by default, {@code Secure}, {@code HttpOnly}, {@code SameSite=Lax},
 * for the whole host and no other. It has no expiry of its own, for a browser's clock ends no
 * session (NIST SP 800-63B-4 §5.1.1): it goes when the browser closes, or when it is taken back.
 *
 * <p>A cookie that a browser would drop is not built: one whose name begins with {@code __Host-}
 * has no domain, the path {@code /} and {@code Secure}; with {@code __Secure-}, or {@code
 * SameSite=None}, it is {@code Secure}.
 */
public final class CookieCarrier implements Carrier {

  /** The name by default: it says nothing of what is behind it. */
  public static final String DEFAULT_NAME = "__Host-id";

  /** What a browser keeps of name and value (RFC 6265bis §5.6), in bytes. */
  public static final int MOST_BYTES = 4_096;

  private static final int MOST_ATTRIBUTE_BYTES = 1_024;
  private static final String HOST_PREFIX = "__host-";
  private static final String SECURE_PREFIX = "__secure-";
  private static final String LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT";

  private final String name;
  private final String path;
  private final Optional<String> domain;
  private final SameSite sameSite;
  private final boolean secure;

  private CookieCarrier(
      String name, String path, Optional<String> domain, SameSite sameSite, boolean secure) {
    this.name = name;
    this.path = path;
    this.domain = domain;
    this.sameSite = sameSite;
    this.secure = secure;
    requireKept();
  }

  /** With the defaults. */
  public static CookieCarrier create() {
    return new CookieCarrier(DEFAULT_NAME, "/", Optional.empty(), SameSite.LAX, true);
  }

  /**
   * Under another name. Every other cookie of an application has another one.
   *
   * @throws IllegalArgumentException if it is no token (RFC 6265 §4.1.1), or its prefix demands
   *     what this cookie has not
   */
  public CookieCarrier withName(String name) {
    return new CookieCarrier(requireNonNull(name, "name"), path, domain, sameSite, secure);
  }

  /**
   * For a part of the host alone. Browsers keep such a cookie from other parts' requests, and from
   * none of their scripts.
   *
   * @throws IllegalArgumentException if the name demands {@code /}
   */
  public CookieCarrier withPath(String path) {
    return new CookieCarrier(name, requireNonNull(path, "path"), domain, sameSite, secure);
  }

  /**
   * For a domain and all its hosts, any of which can then set the cookie of the others.
   *
   * @throws IllegalArgumentException if the name demands none
   */
  public CookieCarrier withDomain(String domain) {
    return new CookieCarrier(
        name, path, Optional.of(requireNonNull(domain, "domain")), sameSite, secure);
  }

  /** With other requests from other sites. */
  public CookieCarrier withSameSite(SameSite sameSite) {
    return new CookieCarrier(name, path, domain, requireNonNull(sameSite, "sameSite"), secure);
  }

  /**
   * Over plain HTTP too, where everybody on the way reads it: for a developer's own machine.
   *
   * @throws IllegalArgumentException if the name or {@code SameSite} demands {@code Secure}
   */
  public CookieCarrier withoutSecure() {
    return new CookieCarrier(name, path, domain, sameSite, false);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  @Override
  public Presented read(RequestHeaders headers) {
    List<String> values =
        CookiePair.of(headers.all("Cookie")).stream()
            .filter(pair -> pair.name().equals(name))
            .map(CookiePair::value)
            .distinct()
            .toList();
    return switch (values.size()) {
      case 0 -> new Presented.Nothing();
      case 1 -> new Presented.One(new Credential(values.get(0)));
      default -> new Presented.Several();
    };
  }

  @Override
  public List<Header> give(Credential credential) {
    String value = credential.value();
    if (!Syntax.isCookieValue(value)) {
      throw new IllegalArgumentException(
          "The credential has characters that no cookie carries (RFC 6265 §4.1.1). Those of Statewise have none: give what a grant holds.");
    }
    int bytes = name.length() + value.length();
    if (bytes > MOST_BYTES) {
      throw new CookieTooLargeException(name, bytes, MOST_BYTES);
    }
    return List.of(new Header("Set-Cookie", name + "=" + value + attributes()));
  }

  /** {@inheritDoc} With the same attributes, or a browser takes it for another cookie. */
  @Override
  public List<Header> takeBack() {
    return List.of(
        new Header("Set-Cookie", name + "=; Max-Age=0; Expires=" + LONG_AGO + attributes()));
  }

  /** {@inheritDoc} Of cookies HTTP knows no challenge. */
  @Override
  public List<Header> challenge(boolean presented) {
    return List.of();
  }

  private String attributes() {
    return "; Path="
        + path
        + domain.map("; Domain="::concat).orElse("")
        + (secure ? "; Secure" : "")
        + "; HttpOnly; SameSite="
        + sameSite;
  }

  private void requireKept() {
    require(Syntax.isToken(name), "its name is no token (RFC 6265 §4.1.1)");
    require(name.length() <= MOST_ATTRIBUTE_BYTES, "its name is longer than 1,024 bytes");
    require(isAttribute(path) && path.startsWith("/"), "its path does not begin with /");
    require(domain.stream().allMatch(CookieCarrier::isDomain), "its domain is no host name");
    // Browsers compare these prefixes in any case.
    String prefixed = name.toLowerCase(Locale.ROOT);
    boolean host = prefixed.startsWith(HOST_PREFIX);
    require(!host || path.equals("/"), "its prefix __Host- demands the path /");
    require(!host || domain.isEmpty(), "its prefix __Host- demands that it has no domain");
    require(secure || !(host || prefixed.startsWith(SECURE_PREFIX)), "its prefix demands Secure");
    require(secure || sameSite != SameSite.NONE, "SameSite=None demands Secure");
  }

  private static boolean isAttribute(String text) {
    return text.length() <= MOST_ATTRIBUTE_BYTES
        && Syntax.isPrintable(text)
        && text.indexOf(';') < 0;
  }

  private static boolean isDomain(String text) {
    return isAttribute(text) && text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
  }

  private void require(boolean kept, String why) {
    if (!kept) {
      throw new IllegalArgumentException(
          "Browsers would drop the cookie '%s', for %s. Change the one or the other."
              .formatted(Syntax.isToken(name) ? name : "(whose name cannot be told)", why));
    }
  }
}
