package dev.statewise.benchmarks.arm;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import javax.sql.DataSource;

/** A data source of which every statement that is executed is counted. */
final class CountingSource {

  /** Every other way to execute one writes, or may. */
  private static final String QUERY = "executeQuery";

  private CountingSource() {}

  static DataSource of(DataSource source, Asked asked) {
    return counting(DataSource.class, source, asked);
  }

  private static <T> T counting(Class<T> type, T real, Asked asked) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            asked.once(!method.getName().equals(QUERY));
          }
          try {
            return counted(method.invoke(real, arguments), asked);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object counted(Object answer, Asked asked) {
    if (answer instanceof Connection connection) {
      return counting(Connection.class, connection, asked);
    }
    if (answer instanceof PreparedStatement statement) {
      return counting(PreparedStatement.class, statement, asked);
    }
    return answer instanceof Statement statement
        ? counting(Statement.class, statement, asked)
        : answer;
  }
}
