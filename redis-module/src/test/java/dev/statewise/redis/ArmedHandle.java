package dev.statewise.redis;

import dev.statewise.embedded.TcpProxy;
import dev.statewise.spi.SubjectIndex;
import dev.statewise.tck.LostReplies;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * A handle whose next reply is lost whichever of several nodes gives it. Every node's proxy is
 * armed, and after the handle's next call none is.
 */
record ArmedHandle<T extends AutoCloseable>(T handle, List<TcpProxy> proxies, AutoCloseable client)
    implements LostReplies<T> {

  /** A handle that disarms the proxies after each call; so do the abilities that it offers. */
  static <T> T disarming(Class<T> type, T handle, List<TcpProxy> proxies) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return offered(method.invoke(handle, arguments), proxies);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                proxies.forEach(TcpProxy::heal);
              }
            }));
  }

  private static Object offered(Object answer, List<TcpProxy> proxies) {
    return answer instanceof Optional<?> optional
        ? optional.map(
            ability ->
                ability instanceof SubjectIndex index
                    ? disarming(SubjectIndex.class, index, proxies)
                    : ability)
        : answer;
  }

  @Override
  public void loseNextReply() {
    proxies.forEach(TcpProxy::loseNextReply);
  }

  /** The clients of a cluster send again by themselves. */
  @Override
  public boolean resends() {
    return true;
  }

  @Override
  public void close() {
    try (client) {
      handle.close();
    } catch (Exception e) {
      throw new IllegalStateException("The handle could not be closed", e);
    }
  }
}
