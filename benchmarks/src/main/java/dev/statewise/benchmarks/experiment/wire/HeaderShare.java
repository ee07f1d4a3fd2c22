package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.experiment.Carrier;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.function.Supplier;

/**
 * What credentials add to header blocks: the bytes of a block with one, less those of the block of
 * the same request without.
 *
 * @param first of the first request on a connection
 * @param repeat of one that comes when the connection is in its stride; a mean, if several take
 *     turns
 * @param firstBlock the whole block of the first, with the credential
 * @param repeatBlock the whole block of a repeat
 */
record HeaderShare(int first, double repeat, int firstBlock, double repeatBlock) {

  /** Rounds until what is in the table is what will be there after each further round. */
  private static final int ROUNDS_BEFORE = 2;

  /** At most so much costs a field that is an index into the table, whatever its length. */
  static final int MOST_INDEXED = 2;

  /** Of credentials that take turns on one connection, each with the same request. */
  static HeaderShare of(Carrier carrier, Indexing indexing, List<String> credentials) {
    return of(carrier, () -> HeaderConnection.open(carrier, indexing), credentials);
  }

  /** The same on connections of one's own. */
  static HeaderShare of(
      Carrier carrier, Supplier<HeaderConnection> connections, List<String> credentials) {
    List<Http2Headers> requests =
        credentials.stream().map(credential -> RequestHeaders.with(carrier, credential)).toList();
    Blocks with = Blocks.of(connections, requests);
    Blocks without = Blocks.of(connections, List.of(RequestHeaders.bare()));
    return new HeaderShare(
        with.first - without.first,
        hundredths(with.repeat - without.repeat),
        with.first,
        hundredths(with.repeat));
  }

  private static double hundredths(double mean) {
    return Math.round(mean * 100) / 100.0;
  }

  /** Whether a repeat is an index. */
  boolean isIndexed() {
    return repeat <= MOST_INDEXED;
  }

  /** The bytes of header blocks. */
  record Blocks(int first, double repeat) {

    static Blocks of(Supplier<HeaderConnection> connections, List<Http2Headers> requests) {
      try (HeaderConnection connection = connections.get()) {
        int first = connection.send(requests.get(0));
        requests.stream().skip(1).forEach(connection::send);
        for (int round = 1; round < ROUNDS_BEFORE; round++) {
          requests.forEach(connection::send);
        }
        int bytes = requests.stream().mapToInt(connection::send).sum();
        return new Blocks(first, (double) bytes / requests.size());
      }
    }
  }
}
