package dev.statewise.benchmarks.peer.jwt;

import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Six libraries for tokens, and one of them with a question to Redis. */
public final class JwtFamily implements PeerFamily {

  private static final String JJWT = "peer-jjwt";
  private static final String NIMBUS = "peer-nimbus";
  private static final String AUTH0 = "peer-auth0";
  private static final String JOSE4J = "peer-jose4j";
  private static final String FUSIONAUTH = "peer-fusionauth";
  private static final String VERTX = "peer-vertx-jwt";
  private static final String JJWT_EXISTS = "peer-jjwt-exists";

  @Override
  public List<Kind> kinds() {
    return List.of(
        token(JJWT, "JJWT on Jackson: parseSignedClaims"),
        token(NIMBUS, "Nimbus: DefaultJWTProcessor"),
        token(AUTH0, "Auth0's java-jwt: JWTVerifier"),
        token(JOSE4J, "jose4j: JwtConsumer"),
        token(FUSIONAUTH, "FusionAuth's JWT: JWTDecoder, and issuer and audience by hand"),
        token(VERTX, "Vert.x: JWTAuth.authenticate"),
        new Kind(
            JJWT_EXISTS,
            "JJWT, then EXISTS on Redis through Jedis: a list of refusals that is asked each time",
            true));
  }

  private static Kind token(String name, String how) {
    return new Kind(name, how + "; every claim and attribute is read", false);
  }

  @Override
  public Peer open(
      String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock) {
    return switch (kind) {
      case JJWT -> new JjwtPeer(clock);
      case NIMBUS -> new NimbusPeer(clock);
      case AUTH0 -> new Auth0Peer(clock);
      case JOSE4J -> new Jose4jPeer(clock);
      case FUSIONAUTH -> new FusionAuthPeer(clock);
      case VERTX -> new VertxPeer(clock);
      case JJWT_EXISTS -> new JjwtExistsPeer(server.orElseThrow(), keyPrefix, clock);
      default -> throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    };
  }
}
