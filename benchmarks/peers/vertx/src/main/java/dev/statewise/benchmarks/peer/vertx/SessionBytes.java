package dev.statewise.benchmarks.peer.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.ClusterSerializable;
import io.vertx.ext.web.Session;
import java.nio.charset.StandardCharsets;

/**
 * A session as Vert.x writes it: the id with its length before it, the timeout, when it was last
 * used, and the rest. What has no setter is changed there, never while something is timed.
 */
final class SessionBytes {

  private SessionBytes() {}

  static void prefixId(Session session, String prefix) {
    if (prefix.isEmpty()) {
      return;
    }
    Buffer written = written(session);
    byte[] id = (prefix + session.id()).getBytes(StandardCharsets.UTF_8);
    Buffer changed = Buffer.buffer().appendInt(id.length).appendBytes(id);
    changed.appendBuffer(written.slice(afterId(written), written.length()));
    ((ClusterSerializable) session).readFromBuffer(0, changed);
  }

  static void lastAccessed(Session session, long millis) {
    Buffer written = written(session);
    written.setLong(afterId(written) + Long.BYTES, millis);
    ((ClusterSerializable) session).readFromBuffer(0, written);
  }

  private static Buffer written(Session session) {
    Buffer buffer = Buffer.buffer();
    ((ClusterSerializable) session).writeToBuffer(buffer);
    return buffer;
  }

  private static int afterId(Buffer written) {
    return Integer.BYTES + written.getInt(0);
  }
}
