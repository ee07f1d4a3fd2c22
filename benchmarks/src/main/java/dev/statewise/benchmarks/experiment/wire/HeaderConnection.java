package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.experiment.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder.SensitivityDetector;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;

/**
 * The header blocks of one HTTP/2 connection: an encoder, and at its other end a decoder, each with
 * the table of 4,096 bytes that a connection begins with. What comes out is held against what went
 * in.
 *
 * <p>Huffman codes are on for values of every length, as browsers have them; Netty by itself codes
 * only what has 512 bytes or more.
 */
final class HeaderConnection implements AutoCloseable {

  /** With a table of so many bytes a connection begins (RFC 9113, section 6.5.2). */
  static final int TABLE_BYTES = 4_096;

  private static final int HUFFMAN_FROM = 0;
  private static final int TABLE_HINT = 16;
  private static final int STREAM = 3;
  private static final long LONGEST_LIST = 1 << 20;

  private final DefaultHttp2HeadersEncoder encoder;
  private final DefaultHttp2HeadersDecoder decoder =
      new DefaultHttp2HeadersDecoder(false, LONGEST_LIST);

  private HeaderConnection(DefaultHttp2HeadersEncoder encoder) {
    this.encoder = encoder;
  }

  /** A new one, on which the header of that carrier is indexed, or never is. */
  static HeaderConnection open(Carrier carrier, Indexing indexing) {
    SensitivityDetector sensitive =
        (name, value) ->
            indexing == Indexing.NEVER_INDEXED
                && RequestHeaders.nameOf(carrier).contentEquals(name);
    return of(new DefaultHttp2HeadersEncoder(sensitive, true, TABLE_HINT, HUFFMAN_FROM));
  }

  /** A new one on another encoder. */
  static HeaderConnection of(DefaultHttp2HeadersEncoder encoder) {
    return new HeaderConnection(encoder);
  }

  /**
   * Sends a header list.
   *
   * @return the bytes of its header block
   * @throws MismatchException if the decoder does not read what the encoder was given
   */
  int send(Http2Headers headers) {
    ByteBuf block = Unpooled.buffer();
    try {
      encoder.encodeHeaders(STREAM, headers, block);
      int bytes = block.readableBytes();
      Http2Headers received = decoder.decodeHeaders(STREAM, block);
      if (!areSame(received, headers)) {
        throw new MismatchException();
      }
      return bytes;
    } catch (Http2Exception e) {
      throw new MismatchException(e);
    } finally {
      block.release();
    }
  }

  @Override
  public void close() {
    encoder.close();
  }

  private static boolean areSame(Http2Headers one, Http2Headers other) {
    Iterator<Map.Entry<CharSequence, CharSequence>> others = other.iterator();
    for (Map.Entry<CharSequence, CharSequence> field : one) {
      if (!others.hasNext() || !areSame(field, others.next())) {
        return false;
      }
    }
    return !others.hasNext();
  }

  private static boolean areSame(
      Map.Entry<CharSequence, CharSequence> one, Map.Entry<CharSequence, CharSequence> other) {
    return AsciiString.contentEquals(one.getKey(), other.getKey())
        && AsciiString.contentEquals(one.getValue(), other.getValue());
  }

  /** A header block that does not read as it was written. It says nothing of what is in it. */
  static final class MismatchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MismatchException() {
      super("a decoder reads other fields than the encoder was given");
    }

    MismatchException(Http2Exception cause) {
      super("a decoder cannot read it (%s)".formatted(cause.error()));
    }
  }
}
