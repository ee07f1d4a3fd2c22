package dev.statewise.benchmarks.peer.jediscsc;

import dev.statewise.benchmarks.peer.Peer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** State as one string a key: a line of the subject, and a line an attribute. */
final class JedisCachePeer implements Peer {

  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final String LINE = "\n";
  private static final String IS = "=";
  private static final long LONG_AGO = 1;

  private final RedisClient client;
  private final String keyPrefix;

  JedisCachePeer(RedisClient client, String keyPrefix) {
    this.client = client;
    this.keyPrefix = keyPrefix;
  }

  @Override
  public String open(String subject, Map<String, String> attributes) {
    String id = UUID.randomUUID().toString();
    write(id, subject, attributes);
    return id;
  }

  @Override
  public int request(String id) {
    String found = client.get(keyPrefix + id);
    return found == null ? -1 : found.length();
  }

  @Override
  public Optional<Map<String, String>> attributes(String id) {
    return Optional.ofNullable(client.get(keyPrefix + id)).map(JedisCachePeer::decoded);
  }

  @Override
  public Optional<Held> hold(String id) {
    return Optional.ofNullable(client.get(keyPrefix + id)).map(found -> new HeldState(id, found));
  }

  @Override
  public Optional<String> rotate(String id) {
    return Optional.empty();
  }

  @Override
  public boolean end(String id) {
    client.del(keyPrefix + id);
    return true;
  }

  @Override
  public String expired(String id) {
    client.pexpireAt(keyPrefix + id, LONG_AGO);
    return id;
  }

  @Override
  public void close() {
    client.close();
  }

  private void write(String id, String subject, Map<String, String> attributes) {
    StringBuilder text = new StringBuilder(subject);
    attributes.forEach((name, value) -> text.append(LINE).append(name).append(IS).append(value));
    client.set(keyPrefix + id, text.toString(), new SetParams().px(IDLE.toMillis()));
  }

  private static Map<String, String> decoded(String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    String[] lines = text.split(LINE, -1);
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(IS, 2);
      attributes.put(parts[0], parts[1]);
    }
    return attributes;
  }

  /** State that was read, and is written whole. */
  private final class HeldState implements Held {
    private final String id;
    private final String subject;
    private final Map<String, String> attributes;

    HeldState(String id, String found) {
      this.id = id;
      this.subject = found.split(LINE, 2)[0];
      this.attributes = decoded(found);
    }

    @Override
    public void set(String name, String value) {
      attributes.put(name, value);
    }

    @Override
    public String finish() {
      write(id, subject, attributes);
      return id;
    }
  }
}
