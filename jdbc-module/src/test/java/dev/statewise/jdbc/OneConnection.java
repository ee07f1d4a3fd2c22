package dev.statewise.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that lends one connection again and again and sets nothing right itself. */
final class OneConnection implements AutoCloseable {

  private final Connection connection;

  OneConnection(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
  }

  Connection connection() {
    return connection;
  }

  DataSource source() {
    Connection lent =
        proxied(
            Connection.class,
            (method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return proxied(DataSource.class, (method, arguments) -> lent);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private interface Call {
    @Nullable Object answer(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxied(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return call.answer(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
