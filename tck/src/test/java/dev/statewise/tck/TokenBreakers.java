package dev.statewise.tck;

import dev.statewise.session.Credential;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.Verification;
import dev.statewise.spi.Verification.Expired;
import dev.statewise.spi.Verification.Verified;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One token service for each rule of T1 and T5, that breaks it. */
final class TokenBreakers {

  private static final Instant IN_2010 = Instant.parse("2010-01-01T00:00:00Z");
  private static final Instant END_OF_INT = Instant.ofEpochSecond(Integer.MAX_VALUE);
  private static final Duration END_OF_INT_MILLIS = Duration.ofDays(24);

  private TokenBreakers() {}

  static List<Breaker<TokenWorld>> all() {
    return List.of(
        tokens(
            "T1.1",
            "believes only what it issued itself",
            healthy ->
                new ThroughTokens(healthy) {
                  private final Set<Credential> issued = new HashSet<>();

                  @Override
                  public synchronized Credential issue(Session session) {
                    Credential token = super.issue(session);
                    issued.add(token);
                    return token;
                  }

                  @Override
                  public synchronized Verification verify(Credential token, Instant now) {
                    return issued.contains(token) ? super.verify(token, now) : refused();
                  }
                }),
        reading(
            "T1.2",
            "rounds the idle timeout to two seconds",
            session ->
                session.withIdleTimeout(
                    Duration.ofSeconds(session.idleTimeout().toSeconds() / 2 * 2))),
        issuing(
                "T1.3",
                "rounds lastSeen to the nearest second",
                session ->
                    Sample.like(session)
                        .lastSeen(
                            session.lastSeen().plusMillis(500).truncatedTo(ChronoUnit.SECONDS))
                        .build())
            .alsoBreaking("T1.6", "T5.1"),
        Breaker.of(
            "T1.4",
            "writes the secret hash into the token",
            () ->
                new TokenWorld(
                    (key, issuer, audience) ->
                        new ToyTokenService(key, issuer, audience) {
                          @Override
                          byte[] extra(Session session) {
                            return session.secretHash().bytes();
                          }
                        })),
        reading(
            "T1.5",
            "reads the version as a double",
            session -> Sample.like(session).version((long) (double) session.version()).build()),
        reading(
            "T1.6",
            "reads createdAt in an int of seconds",
            session ->
                session.createdAt().isAfter(END_OF_INT)
                    ? Sample.like(session).createdAt(Instant.EPOCH).build()
                    : session),
        reading(
            "T1.7",
            "reads the idle timeout in an int of milliseconds",
            session ->
                session.idleTimeout().compareTo(END_OF_INT_MILLIS) > 0
                    ? session.withIdleTimeout(END_OF_INT_MILLIS)
                    : session),
        reading(
            "T1.8",
            "calls a visitor null",
            session ->
                session.isAnonymous()
                    ? Sample.of("null")
                        .key(session.key())
                        .secretHash(session.secretHash())
                        .lastSeen(session.lastSeen())
                        .build()
                    : session),
        reading(
            "T1.9",
            "normalises text",
            session -> session.withAttributes(normalised(session.attributes()))),
        reading(
            "T1.10",
            "takes an empty value for none",
            session ->
                session.withAttributes(
                    session.attributes().entrySet().stream()
                        .filter(attribute -> !attribute.getValue().isEmpty())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))),
        reading(
            "T1.11",
            "writes attributes beside the claims",
            session ->
                session
                    .attribute("ver")
                    .map(claim -> Sample.like(session).version(Long.parseLong(claim) + 7))
                    .map(Sample::build)
                    .orElse(session)),
        tokens(
            "T1.12",
            "believes only the last token of a session",
            healthy ->
                new ThroughTokens(healthy) {
                  private final Map<SessionKey, Credential> last = new HashMap<>();

                  @Override
                  public synchronized Credential issue(Session session) {
                    Credential token = super.issue(session);
                    last.put(session.key(), token);
                    return token;
                  }

                  @Override
                  public synchronized Verification verify(Credential token, Instant now) {
                    return last.isEmpty() || last.containsValue(token)
                        ? super.verify(token, now)
                        : refused();
                  }
                }),
        tokens(
            "T1.13",
            "keeps what it reads in a field that threads share",
            healthy ->
                new ThroughTokens(healthy) {
                  private final Session field = Sample.of("the other thread").build();

                  @Override
                  public Verification verify(Credential token, Instant now) {
                    Verification verification = super.verify(token, now);
                    return OnRaceThread.isCurrent()
                        ? on(verification, mine -> field)
                        : verification;
                  }
                }),
        tokens(
                "T5.1",
                "accepts a token at its end",
                healthy ->
                    new ThroughTokens(healthy) {
                      @Override
                      public Verification verify(Credential token, Instant now) {
                        return super.verify(token, now.minusMillis(1));
                      }
                    })
            .alsoBreaking("T5.5", "T5.6"),
        tokens(
                "T5.2",
                "refuses a token one millisecond early",
                healthy ->
                    new ThroughTokens(healthy) {
                      @Override
                      public Verification verify(Credential token, Instant now) {
                        return super.verify(token, now.plusMillis(1));
                      }
                    })
            .alsoBreaking("T5.4"),
        tokens(
            "T5.3",
            "forgets the state of an expired session",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    Verification verification = super.verify(token, now);
                    return verification instanceof Expired
                        ? on(verification, session -> session.withAttributes(Map.of()))
                        : verification;
                  }
                }),
        Breaker.of(
            "T5.4",
            "forgets the absolute end",
            () ->
                new TokenWorld(
                    (key, issuer, audience) ->
                        new ToyTokenService(key, issuer, audience) {
                          @Override
                          Instant endOf(Session session) {
                            return session
                                .lastSeen()
                                .plus(session.idleTimeout())
                                .truncatedTo(ChronoUnit.SECONDS);
                          }
                        })),
        tokens(
                "T5.5",
                "takes 2001 for long ago",
                healthy ->
                    new ThroughTokens(healthy) {
                      @Override
                      public Verification verify(Credential token, Instant now) {
                        return super.verify(token, now.isBefore(IN_2010) ? Sample.NOW : now);
                      }
                    })
            .alsoBreaking("T1.6"),
        tokens(
                "T5.6",
                "caches its verdict, expired or not",
                healthy ->
                    new ThroughTokens(healthy) {
                      private final Map<Credential, Verification> verdicts = new HashMap<>();

                      @Override
                      public synchronized Verification verify(Credential token, Instant now) {
                        return verdicts.computeIfAbsent(token, one -> super.verify(one, now));
                      }
                    })
            .alsoBreaking("T5.4", "T5.5"),
        tokens(
            "T5.7",
            "refuses what was issued more than a minute from now",
            healthy ->
                new ThroughTokens(healthy) {
                  @Override
                  public Verification verify(Credential token, Instant now) {
                    Verification verification = super.verify(token, now);
                    return verification instanceof Verified verified
                            && now.plusSeconds(60).isBefore(verified.session().lastSeen())
                        ? refused()
                        : verification;
                  }
                }),
        tokens(
            "T5.8",
            "hands out again what it issued for the session when it was seen before",
            healthy ->
                new ThroughTokens(healthy) {
                  private final Map<Session, Credential> issued = new HashMap<>();

                  @Override
                  public synchronized Credential issue(Session session) {
                    return issued.computeIfAbsent(
                        session.seenAt(Instant.EPOCH), same -> super.issue(session));
                  }
                }));
  }

  static Breaker<TokenWorld> tokens(
      String rule, String does, UnaryOperator<TokenService> breaking) {
    return Breaker.of(rule, does, () -> new TokenWorld(breaking));
  }

  private static Breaker<TokenWorld> reading(
      String rule, String does, UnaryOperator<Session> harmed) {
    return tokens(
        rule,
        does,
        healthy ->
            new ThroughTokens(healthy) {
              @Override
              public Verification verify(Credential token, Instant now) {
                return on(super.verify(token, now), harmed);
              }
            });
  }

  private static Breaker<TokenWorld> issuing(
      String rule, String does, UnaryOperator<Session> harmed) {
    return tokens(
        rule,
        does,
        healthy ->
            new ThroughTokens(healthy) {
              @Override
              public Credential issue(Session session) {
                return super.issue(harmed.apply(session));
              }
            });
  }

  private static Map<String, String> normalised(Map<String, String> attributes) {
    Map<String, String> normalised = new HashMap<>();
    attributes.forEach(
        (name, value) -> normalised.put(name, Normalizer.normalize(value, Normalizer.Form.NFC)));
    return normalised;
  }
}
