package dev.statewise.tck;

import static dev.statewise.tck.TokenBreakers.tokens;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import dev.statewise.spi.Verification.Expired;
import dev.statewise.spi.Verification.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;

/** One token service for each rule of T2, T3 and T4, that breaks it. */
final class ForgeryBreakers {

  private static final Instant LONG_AFTER = Sample.NOW.plus(Duration.ofHours(6));
  private static final int LESS = 200;

  private ForgeryBreakers() {}

  static List<Breaker<TokenWorld>> all() {
    return List.of(
        Breaker.of(
            "T2.1",
            "does not look at the bits to spare",
            () ->
                new TokenWorld(
                    (key, issuer, audience) ->
                        new ToyTokenService(key, issuer, audience) {
                          @Override
                          boolean isSigned(String payload, String mac) {
                            return Arrays.equals(mac(payload), Base64.getUrlDecoder().decode(mac));
                          }
                        })),
        remembering(
            "T2.2",
            "fills up what is missing",
            (healthy, issued) ->
                new Remembering(healthy, issued) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    return super.verify(issuedWithStart(token.value(), 1), now);
                  }
                }),
        tokens(
            "T2.3",
            "strips white space",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    return super.verify(new Credential(token.value().strip()), now);
                  }
                }),
        remembering(
            "T2.4",
            "believes any signature that it made",
            (healthy, issued) ->
                new Remembering(healthy, issued) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    return super.verify(withItsSignature(token.value()), now);
                  }
                }),
        remembering(
            "T2.5",
            "believes alg none",
            (healthy, issued) ->
                new Remembering(healthy, issued) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    String[] parts = token.value().split("\\.", -1);
                    return super.verify(
                        parts.length == 3 && parts[2].isEmpty()
                            ? issuedWithStart(parts[1] + ".", 43)
                            : token,
                        now);
                  }
                }),
        tokens(
                "T2.6",
                "judges the time before the signature",
                healthy ->
                    new ThroughTokens(healthy) {
                      @Override
                      public Verification verify(Credential token, Instant now) {
                        Verification verification = super.verify(token, now);
                        return verification instanceof Refused && now.isAfter(LONG_AFTER)
                            ? new Expired(Sample.session())
                            : verification;
                      }
                    })
            .alsoBreaking("T3.4"),
        Breaker.of(
                "T3.1",
                "knows but one key",
                () ->
                    new TokenWorld(
                        (key, issuer, audience) ->
                            new ToyTokenService("the key", issuer, audience)))
            .alsoBreaking("T3.4"),
        Breaker.of(
                "T3.2",
                "does not look at the issuer",
                () ->
                    new TokenWorld(
                        (key, issuer, audience) -> new ToyTokenService(key, "anybody", audience)))
            .alsoBreaking("T3.4"),
        Breaker.of(
                "T3.3",
                "does not look at the audience",
                () ->
                    new TokenWorld(
                        (key, issuer, audience) -> new ToyTokenService(key, issuer, "anybody")))
            .alsoBreaking("T3.4"),
        Breaker.of("T3.4", "calls a stranger's token expired", ForgeryBreakers::strangersExpire),
        tokens(
            "T4.1",
            "throws for U+0000",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    if (token.value().indexOf('\0') >= 0) {
                      throw new IllegalArgumentException("U+0000");
                    }
                    return super.verify(token, now);
                  }
                }),
        tokens(
            "T4.2",
            "throws for a megabyte",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    if (token.value().length() > 1_000_000) {
                      throw new IllegalArgumentException("too long");
                    }
                    return super.verify(token, now);
                  }
                }),
        tokens(
            "T4.3",
            "does not tell how large a token would have been",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Credential issue(Session session) {
                    try {
                      return super.issue(session);
                    } catch (TokenTooLargeException e) {
                      throw new TokenTooLargeException(0, e.limit());
                    }
                  }
                }),
        tokens(
            "T4.4",
            "reads less than it writes",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    return token.value().length() > maxTokenBytes() - LESS
                        ? refused()
                        : super.verify(token, now);
                  }
                }),
        tokens(
            "T4.5",
            "writes more than it says",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public int maxTokenBytes() {
                    return super.maxTokenBytes() - LESS;
                  }

                  @Override
                  public Credential issue(Session session) {
                    try {
                      return super.issue(session);
                    } catch (TokenTooLargeException e) {
                      throw new TokenTooLargeException(e.bytes(), maxTokenBytes());
                    }
                  }
                }),
        tokens(
            "T4.6",
            "writes less than it says",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Credential issue(Session session) {
                    Credential token = super.issue(session);
                    if (token.value().length() > maxTokenBytes() - LESS) {
                      throw new TokenTooLargeException(maxTokenBytes() + 1, maxTokenBytes());
                    }
                    return token;
                  }
                }),
        tokens(
            "T4.7",
            "prints the session that it could not issue",
            healthy ->
                new ThroughTokens(healthy) {
                  private String last = "";

                  @Override
                  public synchronized Credential issue(Session session) {
                    last = session.attributes().toString();
                    return super.issue(session);
                  }

                  @Override
                  public synchronized String toString() {
                    return "a service that last saw " + last;
                  }
                }),
        promising("T4.8", "takes all of a token for state", bytes -> bytes),
        promising("T4.9", "promises more state than a token has", bytes -> bytes + 1)
            .alsoBreaking("T4.8"));
  }

  /** Its services remember together what was issued. */
  private static Breaker<TokenWorld> remembering(
      String rule, String does, BiFunction<TokenService, Deque<String>, TokenService> breaking) {
    return Breaker.of(
        rule,
        does,
        () -> {
          Deque<String> issued = new ConcurrentLinkedDeque<>();
          return new TokenWorld(healthy -> breaking.apply(healthy, issued));
        });
  }

  private static TokenWorld strangersExpire() {
    Set<String> issuedByAnyone = new HashSet<>();
    return new TokenWorld(
        healthy ->
            new ThroughTokens(healthy) {
              @Override
              public synchronized Credential issue(Session session) {
                Credential token = super.issue(session);
                issuedByAnyone.add(token.value());
                return token;
              }

              @Override
              public Verification verify(Credential token, Instant now) {
                Verification verification = super.verify(token, now);
                return verification instanceof Refused
                        && now.isAfter(LONG_AFTER)
                        && issuedByAnyone.contains(token.value())
                    ? new Expired(Sample.session())
                    : verification;
              }
            });
  }

  /** Remembers what was issued, and mends what is presented until it is that. */
  private static class Remembering extends ThroughTokens {

    private final Deque<String> issued;

    Remembering(TokenService healthy, Deque<String> issued) {
      super(healthy);
      this.issued = issued;
    }

    @Override
    public final synchronized Credential issue(Session session) {
      Credential token = super.issue(session);
      issued.push(token.value());
      return token;
    }

    /** The token that was issued and starts like that, but for a few characters. */
    final Credential issuedWithStart(String start, int missing) {
      return issued.stream()
          .filter(token -> token.startsWith(start) && token.length() - start.length() <= missing)
          .findFirst()
          .map(Credential::new)
          .orElse(new Credential(start));
    }

    /** The token that was issued with that payload, if the signature is one that was issued. */
    final Credential withItsSignature(String token) {
      int dot = token.indexOf('.');
      boolean signed =
          dot > 0 && issued.stream().anyMatch(one -> one.endsWith(token.substring(dot)));
      return signed ? issuedWithStart(token.substring(0, dot + 1), 43) : new Credential(token);
    }
  }

  private static Breaker<TokenWorld> promising(
      String rule, String does, IntUnaryOperator stateOfToken) {
    return tokens(
        rule,
        does,
        healthy ->
            new ThroughTokens(healthy) {
              @Override
              public int maxStateBytes() {
                return stateOfToken.applyAsInt(maxTokenBytes());
              }
            });
  }
}
