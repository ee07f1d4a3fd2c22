package dev.statewise.jdbc;

import dev.statewise.embedded.TcpProxy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A data source behind a proxy that loses the reply to the next write: that of the commit, or of
 * the statement where each is a transaction of its own. The write is applied.
 */
final class ArmedSource {

  private final TcpProxy proxy;
  private final AtomicBoolean armed = new AtomicBoolean();

  ArmedSource(TcpProxy proxy) {
    this.proxy = proxy;
  }

  /** Arms it, once. */
  void loseNextReply() {
    armed.set(true);
  }

  DataSource over(DataSource source) {
    return proxied(
        DataSource.class,
        source,
        (method, answer) -> answer instanceof Connection connection ? armed(connection) : answer,
        method -> {});
  }

  private Connection armed(Connection connection) {
    return proxied(
        Connection.class,
        connection,
        (method, answer) ->
            answer instanceof PreparedStatement statement ? armed(connection, statement) : answer,
        method -> {
          if (method.getName().equals("commit")) {
            fire();
          }
        });
  }

  private PreparedStatement armed(Connection connection, PreparedStatement statement) {
    return proxied(
        PreparedStatement.class,
        statement,
        (method, answer) -> answer,
        method -> {
          if (method.getName().equals("executeUpdate") && connection.getAutoCommit()) {
            fire();
          }
        });
  }

  private void fire() {
    if (armed.compareAndSet(true, false)) {
      proxy.loseNextReply();
    }
  }

  private interface Answer {
    Object of(Method method, Object answer) throws Exception;
  }

  private interface Before {
    void call(Method method) throws Exception;
  }

  private static <T> T proxied(Class<T> type, T real, Answer answers, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              before.call(method);
              try {
                return answers.of(method, method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
