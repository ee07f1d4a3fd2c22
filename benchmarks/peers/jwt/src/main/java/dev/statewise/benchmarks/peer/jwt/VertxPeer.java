package dev.statewise.benchmarks.peer.jwt;

import dev.statewise.benchmarks.peer.TokenClaims;
import dev.statewise.benchmarks.peer.TokenPeer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Vert.x, as its documentation authenticates a token. The future that it answers with has its
 * result already: nothing here waits for an event loop.
 */
final class VertxPeer extends TokenPeer {

  private static final JWTOptions AS_GIVEN =
      new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true);

  private final Vertx vertx = Vertx.vertx();
  private final JWTAuth provider =
      JWTAuth.create(
          vertx,
          new JWTAuthOptions()
              .addPubSecKey(
                  new PubSecKeyOptions()
                      .setAlgorithm("HS256")
                      .setId(TokenClaims.KID)
                      .setBuffer(Buffer.buffer(newSecret())))
              .setJWTOptions(
                  new JWTOptions()
                      .setIssuer(TokenClaims.ISSUER)
                      .addAudience(TokenClaims.AUDIENCE)));

  VertxPeer(InstantSource clock) {
    super(clock);
  }

  @Override
  public String issue(TokenClaims claims) {
    return provider.generateToken(
        new JsonObject()
            .put("iss", TokenClaims.ISSUER)
            .put("aud", TokenClaims.AUDIENCE)
            .put("sub", claims.sub())
            .put("iat", claims.iat())
            .put("exp", claims.exp())
            .put("sid", claims.sid())
            .put("ver", claims.ver())
            .put("cat", claims.cat())
            .put("idl", claims.idl())
            .put("max", claims.max())
            .put("att", new JsonObject(attributes(claims))),
        AS_GIVEN);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a map of text is one of objects to who only reads
  private static Map<String, Object> attributes(TokenClaims claims) {
    return (Map) claims.att();
  }

  @Override
  protected Optional<TokenClaims> verified(String token) {
    Future<User> answer = provider.authenticate(new TokenCredentials(token));
    if (!answer.isComplete()) {
      throw new IllegalStateException("Vert.x answers later, so its work would not be timed.");
    }
    return answer.succeeded()
        ? Optional.of(claims(answer.result().attributes().getJsonObject("accessToken")))
        : Optional.empty();
  }

  private static TokenClaims claims(JsonObject token) {
    return new TokenClaims(
        token.getString("sid"),
        token.getLong("ver"),
        token.getString("sub"),
        token.getLong("cat"),
        token.getLong("iat"),
        token.getLong("idl"),
        token.getLong("max"),
        token.getLong("exp"),
        texts(token.getJsonObject("att").getMap()));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
