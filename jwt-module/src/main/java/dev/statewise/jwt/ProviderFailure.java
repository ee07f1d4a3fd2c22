package dev.statewise.jwt;

import dev.statewise.spi.StoreUnavailableException;
import java.security.Provider;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A security provider failed where it was to judge a signature: a device is gone, or the provider
 * has a bug. Nothing is known of the token then. Each key says so once in the log, for every
 * request may bring it about.
 */
final class ProviderFailure {

  private static final Logger LOG = LoggerFactory.getLogger(JwtTokenService.class);

  private final Algorithm algorithm;
  private final Provider provider;
  private final AtomicBoolean said = new AtomicBoolean();

  ProviderFailure(Algorithm algorithm, Provider provider) {
    this.algorithm = algorithm;
    this.provider = provider;
  }

  StoreUnavailableException of(RuntimeException cause) {
    String message =
        "%s failed to verify with %s instead of judging a signature, so nothing is known of the token. Answer 503, not 401. Its cause says why; the key's device may be gone, or the provider has a bug."
            .formatted(provider.getName(), algorithm);
    if (said.compareAndSet(false, true)) {
      LOG.error("{} This is said once for each key.", message, cause);
    }
    return new StoreUnavailableException(message, cause);
  }
}
