package dev.statewise.benchmarks.peer.satoken;

import cn.dev33.satoken.SaManager;
import cn.dev33.satoken.dao.SaTokenDao;
import cn.dev33.satoken.dao.SaTokenDaoDefaultImpl;
import cn.dev33.satoken.session.SaSession;
import cn.dev33.satoken.stp.StpLogic;
import dev.statewise.benchmarks.peer.Peer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sa-Token, asked as its own check of a request asks it, but for the context of the web. What a
 * request changes in a session is saved there and then, whole; its end saves nothing.
 */
final class SaTokenPeer implements Peer {

  static final String LOGIN_TYPE = "login";

  /** Seconds; it takes -1 for ever, and what is below for nothing at all. */
  private static final long RUN_OUT = -60;

  private final StpLogic logic;

  SaTokenPeer(StpLogic logic) {
    this.logic = logic;
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    String token = logic.createLoginSession(subject);
    logic.getTokenSessionByToken(token, true).refreshDataMap(new HashMap<>(attributes));
    return token;
  }

  @Override
  public int request(String token) {
    SaSession session = begun(token);
    return session == null ? -1 : session.getDataMap().size();
  }

  @Override
  public Optional<Map<String, String>> attributes(String token) {
    SaSession session = begun(token);
    if (session == null) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    session.getDataMap().forEach((name, value) -> attributes.put(name, (String) value));
    return Optional.of(attributes);
  }

  @Override
  public Optional<Held> hold(String token) {
    return Optional.ofNullable(begun(token)).map(session -> new HeldSession(token, session));
  }

  @Override
  public Optional<String> rotate(String token) {
    return Optional.empty();
  }

  @Override
  public boolean end(String token) {
    logic.logoutByTokenValue(token);
    return true;
  }

  @Override
  public String expired(String token) {
    SaTokenDao dao = logic.getSaTokenDao();
    dao.updateTimeout(logic.splicingKeyTokenValue(token), RUN_OUT);
    dao.updateSessionTimeout(logic.splicingKeyTokenSession(token), RUN_OUT);
    return token;
  }

  @Override
  public Optional<Integer> list(String subject) {
    return Optional.of(logic.getTokenValueListByLoginId(subject).size());
  }

  @Override
  public void close() {
    SaManager.setSaTokenDao(new SaTokenDaoDefaultImpl());
  }

  private @Nullable SaSession begun(String token) {
    if (logic.getLoginIdByToken(token) == null) {
      return null;
    }
    if (logic.isOpenCheckActiveTimeout()) {
      logic.updateLastActiveToNow(token);
    }
    return logic.getTokenSessionByToken(token, false);
  }

  private record HeldSession(String token, SaSession session) implements Held {
    @Override
    public void set(String name, String value) {
      session.set(name, value);
    }

    @Override
    public String finish() {
      return token;
    }
  }
}
