package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private final RequestReader reader = new RequestReader(true);

  @ParameterizedTest(name = "requests MUST be found in pieces of {0} bytes")
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64, 1000, 1 << 16, 1 << 22})
  void findsRequestsInPiecesOfAnySize(int size) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(RespClient.request("PING"));
    stream.writeBytes(RespClient.request("SET", "*3\r\n$3\r\n", "value\r\n*1\r\n$4\r\nPING\r\n"));
    stream.writeBytes(RespClient.request("SET", "", "x".repeat(1 << 20)));
    stream.writeBytes("PING inline\r\n\r\n*0\r\n*-1\r\nPING\n".getBytes(US_ASCII));
    stream.writeBytes(RespClient.request("GET", "ключ"));

    Found found = readInPieces(stream.toByteArray(), size);

    assertThat(found).isEqualTo(new Found(6, 6));
  }

  @Test
  @DisplayName(
      "of another protocol each piece MUST begin something, and no command MUST be counted")
  void anotherProtocol() {
    RequestReader foreign = new RequestReader(false);
    for (String piece :
        new String[] {"*1\r\n$4\r\nPING\r\n", "GET / HTTP/1.1\r\n\r\n", "\0\0\0\b"}) {
      byte[] bytes = piece.getBytes(US_ASCII);

      foreign.read(bytes, bytes.length);

      assertThat(foreign.begun()).isEqualTo(1);
      assertThat(foreign.ended()).isZero();
    }
  }

  @Test
  @DisplayName("a request MUST count as ended with its last byte, not before")
  void endsWithTheLastByte() {
    byte[] request = RespClient.request("SET", "cart", "42");

    Found allButOne = readInPieces(Arrays.copyOf(request, request.length - 1), 4);
    Found last = readInPieces(new byte[] {request[request.length - 1]}, 1);

    assertThat(allButOne).isEqualTo(new Found(1, 0));
    assertThat(last).isEqualTo(new Found(0, 1));
  }

  @ParameterizedTest(name = "what follows a header that is not RESP MUST NOT be counted: {0}")
  @CsvSource({"*x", "*1_+", "*1_$x", "*1_$-1", "*99999999999999999999"})
  void countsNothingOnAForeignStream(String begin) {
    byte[] foreign = (begin.replace("_", "\r\n") + "\r\n").getBytes(US_ASCII);
    readInPieces(foreign, foreign.length);

    byte[] request = RespClient.request("PING");
    Found found = readInPieces(request, request.length);

    assertThat(found).isEqualTo(new Found(1, 0));
  }

  @ParameterizedTest(name = "each piece of another protocol MUST count as a request: {0}")
  @CsvSource({"PostgreSQL, 0000005500030000", "MariaDB, 5500000185a6ff01", "TLS, 160301020001"})
  void countsPiecesOfAnotherProtocol(String protocol, String hex) {
    byte[] hello = HexFormat.of().parseHex(hex);
    readInPieces(hello, hello.length);

    Found found = readInPieces("Q SELECT 1".getBytes(US_ASCII), 100);

    assertThat(found).as(protocol).isEqualTo(new Found(1, 0));
  }

  @ParameterizedTest(
      name = "a stream on which a client waits for others MUST be told: pieces of {0}")
  @ValueSource(ints = {1, 4, 1_000})
  void listens(int size) {
    readInPieces(RespClient.request("SET", "XREAD", "SUBSCRIBE"), size);
    readInPieces(RespClient.request("XREADGROUP", "x"), size);
    assertThat(reader.listens()).isFalse();

    readInPieces(RespClient.request("xread", "BLOCK", "1"), size);
    assertThat(reader.listens()).isTrue();
  }

  private record Found(int begun, int ended) {}

  private Found readInPieces(byte[] stream, int size) {
    int begun = 0;
    int ended = 0;
    for (int from = 0; from < stream.length; from += size) {
      byte[] piece = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + size));
      reader.read(piece, piece.length);
      begun += reader.begun();
      ended += reader.ended();
    }
    return new Found(begun, ended);
  }
}
