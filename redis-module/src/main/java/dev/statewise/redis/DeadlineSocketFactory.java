package dev.statewise.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes the sockets of a {@link RedisConnection}, plain or under TLS. All addresses of a host
 * together get the connect timeout, in the order in which the resolver names them.
 */
final class DeadlineSocketFactory extends DefaultJedisSocketFactory {

  private final HostAndPort server;
  private final boolean tls;
  private final Duration connectTimeout;
  private final Duration socketTimeout;

  DeadlineSocketFactory(
      HostAndPort server, boolean tls, Duration connectTimeout, Duration socketTimeout) {
    super(server);
    this.server = server;
    this.tls = tls;
    this.connectTimeout = connectTimeout;
    this.socketTimeout = socketTimeout;
  }

  @Override
  public Socket createSocket() {
    try {
      Socket socket = connect();
      return tls ? overTls(socket) : socket;
    } catch (IOException e) {
      throw new JedisConnectionException("No connection to " + server, e);
    }
  }

  private Socket connect() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(server.getHost());
    long start = System.nanoTime();
    long allowed = CallDeadline.atMost(connectTimeout.toNanos());
    for (int i = 0; ; i++) {
      long left = allowed - (System.nanoTime() - start);
      int share = (int) TimeUnit.NANOSECONDS.toMillis(left) / (addresses.length - i);
      try {
        return connect(addresses[i], Math.max(share, 1));
      } catch (IOException e) {
        if (i + 1 == addresses.length) {
          throw e;
        }
      }
    }
  }

  private Socket connect(InetAddress address, int millis) throws IOException {
    Socket socket = new DeadlineSocket(socketTimeout);
    try {
      socket.setKeepAlive(true);
      socket.setTcpNoDelay(true);
      // A connection is closed when it is of no use: nothing of it is worth waiting for.
      socket.setSoLinger(true, 0);
      socket.connect(new InetSocketAddress(address, server.getPort()), millis);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** The certificate must be trusted by this JVM and name the host. */
  private Socket overTls(Socket socket) throws IOException {
    try {
      SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      SSLSocket secured =
          (SSLSocket) factory.createSocket(socket, server.getHost(), server.getPort(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      return secured;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
