package dev.statewise.benchmarks.peer.satoken;

import cn.dev33.satoken.SaManager;
import cn.dev33.satoken.config.SaTokenConfig;
import cn.dev33.satoken.dao.SaTokenDaoDefaultImpl;
import cn.dev33.satoken.stp.StpLogic;
import dev.statewise.benchmarks.peer.Peer;
import dev.statewise.benchmarks.peer.PeerFamily;
import dev.statewise.benchmarks.peer.PeerServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Sa-Token, in its defaults and with the idle timeout that it has none of by default. All that it
 * knows is static, so one class loader holds one peer.
 */
public final class SaTokenFamily implements PeerFamily {

  private static final String MEMORY = "peer-sa-token";
  private static final String MEMORY_ACTIVE = "peer-sa-token-active";

  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final int NO_CLEANING = -1;

  @Override
  public List<Kind> kinds() {
    return List.of(
        new Kind(
            MEMORY,
            "Sa-Token in memory, without its cleaning: the token's subject, then its session; no idle timeout, so nothing is touched",
            false),
        new Kind(
            MEMORY_ACTIVE,
            "Sa-Token in memory with an activeTimeout, without its cleaning: the token's subject, its activity read and written, then its session",
            false));
  }

  @Override
  public Peer open(
      String kind, Optional<PeerServer> server, String keyPrefix, InstantSource clock) {
    SaTokenConfig config = new SaTokenConfig().setIsPrint(false).setDataRefreshPeriod(NO_CLEANING);
    return switch (kind) {
      case MEMORY -> inMemory(config);
      case MEMORY_ACTIVE -> inMemory(config.setActiveTimeout(IDLE.toSeconds()));
      default -> throw new IllegalArgumentException("There is no peer '" + kind + "' here.");
    };
  }

  private static Peer inMemory(SaTokenConfig config) {
    SaManager.setConfig(config);
    SaManager.setSaTokenDao(new SaTokenDaoDefaultImpl());
    return new SaTokenPeer(new StpLogic(SaTokenPeer.LOGIN_TYPE));
  }
}
