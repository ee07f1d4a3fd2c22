package dev.statewise.redis;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Reads the URIs of a {@link RedisConnection}. What it refuses it never quotes: what is not read as
 * a password may be a piece of one.
 */
final class RedisUri {

  private static final int DEFAULT_PORT = 6379;
  private static final int DEFAULT_SENTINEL_PORT = 26379;
  private static final int LAST_PORT = 65_535;

  private RedisUri() {}

  /** {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss}. */
  static URI requireServer(URI uri) {
    requireScheme(uri);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "The URI has no host that can be read, so there is nothing to connect to. Write redis://host:port, with no underscore in the host, and %-encode what is special in the password.");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new IllegalArgumentException(
          "The port of the URI is not from 1 to 65535, so nothing can listen there. Write redis://host:port, and an @ between a password and the host.");
    }
    requireTheRest(uri);
    return uri;
  }

  /** As a server's, without a database. */
  static URI requireNode(URI uri) {
    requireServer(uri);
    if (database(uri) != 0) {
      throw new IllegalArgumentException(
          "The URI names a database, and a cluster or a sentinel has only database 0. Write redis://host:port.");
    }
    return uri;
  }

  /** What a URI says besides host and port must be nothing, or what the first one says. */
  static void requireAlike(URI uri, URI first) {
    boolean sameUser = uri.getUserInfo() == null || uri.getUserInfo().equals(first.getUserInfo());
    if (!sameUser || isTls(uri) != isTls(first)) {
      throw new IllegalArgumentException(
          "Another scheme or other credentials than the first URI's are given for a node, and all nodes of a cluster take the same. Write them into the first URI and only hosts into the others.");
    }
  }

  /**
   * {@code redis://[[user]:password@]name[/database]}, or {@code rediss}: the name of a master that
   * sentinels know, in which more characters are allowed than in a host's.
   */
  static URI requireMaster(URI uri) {
    requireScheme(uri);
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int name = authority.lastIndexOf('@') + 1;
    if (!authority.substring(name).matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "The URI names no master: what stands for the host is not letters, digits, dots, underscores and dashes. Write redis://master-name, as the sentinels' configuration calls it, and %-encode what is special in the password.");
    }
    URI readable = readable(uri);
    if (readable.getHost() == null) {
      throw new IllegalArgumentException(
          "The credentials of the URI cannot be read, so nobody could log in with them. Write redis://user:password@master-name, and %-encode what is special in the password.");
    }
    requireTheRest(readable);
    return uri;
  }

  static String masterName(URI master) {
    String authority = master.getRawAuthority();
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  /** The decoded {@code user:password} of a URI, of a master's too; null if there is none. */
  static @Nullable String userInfo(URI uri) {
    return uri.getHost() == null ? readable(uri).getUserInfo() : uri.getUserInfo();
  }

  static HostAndPort server(URI uri) {
    return new HostAndPort(uri.getHost(), uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort());
  }

  static HostAndPort sentinel(URI uri) {
    return new HostAndPort(
        uri.getHost(), uri.getPort() == -1 ? DEFAULT_SENTINEL_PORT : uri.getPort());
  }

  static boolean isTls(URI uri) {
    return uri.getScheme().equals("rediss");
  }

  static int database(URI uri) {
    return uri.getPath().length() < 2 ? 0 : Integer.parseInt(uri.getPath().substring(1));
  }

  /** With a host that is one in the place of a master's name: the rest is read as of any URI. */
  private static URI readable(URI master) {
    String authority = master.getRawAuthority();
    String credentials = authority.substring(0, authority.lastIndexOf('@') + 1);
    return URI.create(master.getScheme() + "://" + credentials + "master" + afterAuthority(master));
  }

  private static String afterAuthority(URI uri) {
    return (uri.getRawPath() == null ? "" : uri.getRawPath())
        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
        + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment());
  }

  private static void requireScheme(URI uri) {
    String scheme = uri.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw new IllegalArgumentException(
          "The scheme of the URI is not redis or rediss, so it names no Redis server. Write redis://host:port.");
    }
  }

  private static void requireTheRest(URI uri) {
    if (uri.getUserInfo() != null && uri.getUserInfo().indexOf(':') < 0) {
      throw new IllegalArgumentException(
          "The URI names a user without a password, and neither is of use alone. Write redis://user:password@host or redis://:password@host.");
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "The URI has a query or fragment, which mean nothing here. Write redis://host:port, use the methods of RedisConnection, and %-encode what is special in the password.");
    }
    if (!uri.getPath().matches("/?|/\\d{1,5}")) {
      throw new IllegalArgumentException(
          "The path of the URI is not the number of a database. Write redis://host:port/0, and %-encode what is special in the password.");
    }
  }
}
