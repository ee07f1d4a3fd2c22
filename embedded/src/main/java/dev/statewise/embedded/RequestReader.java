package dev.statewise.embedded;

import java.util.Locale;
import java.util.Set;

/**
 * Finds where requests begin and end in the bytes that a client sends to Redis, in pieces of any
 * size. It keeps none of them but a command's name, while it reads it.
 *
 * <p>A stream that is not RESP is noticed at the first header that is not one, or the first byte
 * that no inline request has; then nothing more is counted on it but flights.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>
 */
final class RequestReader {
  private static final Set<String> LISTENING = Set.of("SUBSCRIBE", "PSUBSCRIBE", "XREAD");
  private static final int LONGEST_NAME = 10;
  private static final long LARGEST = 1L << 40;

  private enum At {
    REQUEST,
    ARRAY_HEADER,
    BULK,
    BULK_HEADER,
    BODY,
    INLINE,
    FOREIGN
  }

  private At at;
  private boolean negative;
  private long number;
  private long bulksLeft;
  private long bodyLeft;
  private int begun;
  private int ended;
  private final StringBuilder name = new StringBuilder(LONGEST_NAME);
  private boolean inName;
  private boolean listens;

  /**
   * @param resp whether it is a client of Redis at all
   */
  RequestReader(boolean resp) {
    this.at = resp ? At.REQUEST : At.FOREIGN;
  }

  /** Reads on, and forgets what the last piece began and ended. */
  void read(byte[] piece, int length) {
    begun = 0;
    ended = 0;
    int next = 0;
    while (next < length) {
      if (at == At.BODY) {
        next += skip(piece, next, length - next);
      } else {
        step(piece[next++]);
      }
    }
  }

  /** How many requests began in the last piece; 1 for each piece of a stream that is not RESP. */
  int begun() {
    return at == At.FOREIGN ? 1 : begun;
  }

  /** How many requests ended in the last piece. */
  int ended() {
    return ended;
  }

  /** Whether a client waits on this stream for what others do: it subscribed, or read a stream. */
  boolean listens() {
    return listens;
  }

  private int skip(byte[] piece, int from, int available) {
    int skipped = (int) Math.min(available, bodyLeft);
    for (int i = from; inName && i < from + skipped && name.length() < LONGEST_NAME; i++) {
      name.append((char) piece[i]);
    }
    bodyLeft -= skipped;
    if (bodyLeft == 0) {
      endOfBulk();
    }
    return skipped;
  }

  private void step(byte next) {
    switch (at) {
      case REQUEST -> first(next);
      case ARRAY_HEADER -> header(next);
      case BULK -> {
        at = next == '$' ? At.BULK_HEADER : At.FOREIGN;
        beginNumber();
      }
      case BULK_HEADER -> header(next);
      case INLINE -> {
        if (next == '\n') {
          endOfRequest();
        } else if (!isText(next)) {
          at = At.FOREIGN;
        }
      }
      case BODY, FOREIGN -> {}
    }
  }

  private void first(byte next) {
    if (next == '*') {
      at = At.ARRAY_HEADER;
      beginNumber();
      begun++;
    } else if (!isText(next)) {
      at = At.FOREIGN;
    } else if (next != '\r' && next != '\n' && next != ' ') {
      at = At.INLINE;
      begun++;
    }
  }

  /**
   * The first bytes of PostgreSQL and of MySQL, which begin with a length, have one that is not.
   */
  private static boolean isText(byte next) {
    return next >= ' ' || next == '\r' || next == '\n' || next == '\t' || next < 0;
  }

  private void beginNumber() {
    number = 0;
    negative = false;
  }

  private void header(byte next) {
    if (next >= '0' && next <= '9' && number < LARGEST) {
      number = number * 10 + (next - '0');
    } else if (next == '-' && number == 0) {
      negative = true;
    } else if (next == '\n') {
      endOfHeader();
    } else if (next != '\r') {
      at = At.FOREIGN;
    }
  }

  private void endOfHeader() {
    if (at == At.BULK_HEADER) {
      bodyLeft = number + 2; // and its line end
      at = negative ? At.FOREIGN : At.BODY;
    } else if (negative || number == 0) {
      at = At.REQUEST; // no request: the server passes over it without an answer
      begun--;
    } else {
      bulksLeft = number;
      at = At.BULK;
      inName = true;
      name.setLength(0);
    }
  }

  private void endOfBulk() {
    if (inName) {
      inName = false;
      listens |= LISTENING.contains(name.toString().strip().toUpperCase(Locale.ROOT));
    }
    bulksLeft--;
    at = At.BULK;
    if (bulksLeft == 0) {
      endOfRequest();
    }
  }

  private void endOfRequest() {
    at = At.REQUEST;
    ended++;
  }
}
