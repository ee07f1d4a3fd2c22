package dev.statewise.benchmarks.peer.jwt;

import dev.statewise.benchmarks.peer.PeerServer;
import dev.statewise.benchmarks.peer.TokenClaims;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Verifies by JJWT and then asks Redis whether the session was ended: one key each ended one. */
final class JjwtExistsPeer extends JjwtPeer {

  private static final Duration LONGEST_LIFE = Duration.ofHours(12);

  private final RedisClient client;
  private final String keyPrefix;

  JjwtExistsPeer(PeerServer server, String keyPrefix, InstantSource clock) {
    super(clock);
    this.client =
        RedisClient.builder()
            .hostAndPort(new HostAndPort(server.host(), server.port()))
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .user(server.user())
                    .password(server.password())
                    .database(server.database())
                    .build())
            .build();
    this.keyPrefix = keyPrefix;
  }

  @Override
  protected Optional<TokenClaims> verified(String token) {
    return super.verified(token).filter(claims -> !client.exists(key(claims)));
  }

  @Override
  public boolean end(String token) {
    super.verified(token)
        .ifPresent(
            claims -> client.set(key(claims), "", new SetParams().px(LONGEST_LIFE.toMillis())));
    return true;
  }

  @Override
  public void close() {
    client.close();
  }

  private String key(TokenClaims claims) {
    return keyPrefix + claims.sid();
  }
}
