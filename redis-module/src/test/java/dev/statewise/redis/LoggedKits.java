package dev.statewise.redis;

import dev.statewise.jwt.JwtTokenService;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import dev.statewise.memory.CaffeineSessionStore;
import dev.statewise.memory.InMemoryRevocationList;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.TokenService;
import dev.statewise.tck.RevocationListTck;
import dev.statewise.tck.SessionStoreTck;
import dev.statewise.tck.SubjectIndexTck;
import dev.statewise.tck.TokenServiceTck;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contract tests as {@link NothingSecretIsLoggedTest} runs them, with every key known to it.
 */
final class LoggedKits {

  static final Secrets SECRETS = new Secrets();

  static final List<Class<?>> ALL =
      List.of(
          MemoryStore.class,
          RedisStore.class,
          RedisIndex.class,
          MemoryList.class,
          RedisList.class,
          Hs256.class,
          Rs256.class,
          Es256.class,
          Ed25519.class);

  private static final int RACES = 20;

  private LoggedKits() {}

  static final class MemoryStore extends SessionStoreTck {
    private final Map<String, SessionStore> stores = new ConcurrentHashMap<>();

    @Override
    protected SessionStore open(String namespace) {
      return stores.computeIfAbsent(namespace, name -> CaffeineSessionStore.create());
    }

    @Override
    protected int races() {
      return RACES;
    }
  }

  static final class RedisStore extends SessionStoreTck {
    @Override
    protected SessionStore open(String namespace) {
      return RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(namespace);
    }

    @Override
    protected int races() {
      return RACES;
    }
  }

  static final class RedisIndex extends SubjectIndexTck {
    @Override
    protected SessionStore open(String namespace) {
      return RedisSessionStore.connect(SharedRedis.patient()).withKeyPrefix(namespace);
    }

    @Override
    protected int races() {
      return RACES;
    }
  }

  static final class MemoryList extends RevocationListTck {
    private final Map<String, RevocationList> lists = new ConcurrentHashMap<>();

    @Override
    protected RevocationList open(String namespace, InstantSource clock) {
      return lists.computeIfAbsent(namespace, name -> InMemoryRevocationList.create(clock));
    }

    @Override
    protected int races() {
      return RACES;
    }
  }

  static final class RedisList extends RevocationListTck {
    @Override
    protected RevocationList open(String namespace, InstantSource clock) {
      return RedisRevocationListTest.sinceEver(
          RedisRevocationList.connect(SharedRedis.patient()), namespace, clock);
    }

    @Override
    protected int races() {
      return RACES;
    }
  }

  abstract static class Tokens extends TokenServiceTck {
    private static final Map<String, SigningKey> KEYS = new ConcurrentHashMap<>();

    abstract SigningKey draw(String name);

    @Override
    protected TokenService open(String key, String issuer, String audience) {
      SigningKey signing =
          KEYS.computeIfAbsent(getClass().getSimpleName() + key, name -> draw(key));
      return new RecordingTokenService(
          JwtTokenService.of(KeyRing.of(signing), issuer, audience), SECRETS);
    }

    @Override
    protected int races() {
      return RACES;
    }
  }

  static final class Hs256 extends Tokens {
    @Override
    SigningKey draw(String name) {
      byte[] secret = new byte[32];
      new SecureRandom().nextBytes(secret);
      SECRETS.remember(secret);
      return SigningKey.hs256(name, secret);
    }
  }

  static final class Rs256 extends Tokens {
    @Override
    SigningKey draw(String name) {
      return SigningKey.rs256(name, pair("RSA", 2048));
    }
  }

  static final class Es256 extends Tokens {
    @Override
    SigningKey draw(String name) {
      return SigningKey.es256(name, pair("EC", 256));
    }
  }

  static final class Ed25519 extends Tokens {
    @Override
    SigningKey draw(String name) {
      return SigningKey.ed25519(name, pair("Ed25519", 255));
    }
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      SECRETS.remember(pair.getPrivate());
      return pair;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
