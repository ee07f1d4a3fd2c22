package dev.statewise.benchmarks.experiment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.experiment.Counted;
import dev.statewise.benchmarks.experiment.Labs;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("E9, the bytes of a credential on HTTP/2")
class HeaderBlocksTest {

  private static final List<Arm> TWO =
      Arms.all().stream()
          .filter(arm -> arm.name().equals("memory") || arm.name().equals("jwt-hs256"))
          .toList();

  private static final String TOKEN = StandIn.ofLength(600);

  @Test
  @DisplayName("a repeat MUST cost an index if it is indexed, and all its bytes if it never is")
  void indexing() {
    HeaderShare indexed = HeaderShare.of(Carrier.BEARER, Indexing.INDEXED, List.of(TOKEN));
    HeaderShare never = HeaderShare.of(Carrier.BEARER, Indexing.NEVER_INDEXED, List.of(TOKEN));

    assertThat(indexed.isIndexed()).isTrue();
    assertThat(indexed.first()).isGreaterThan(400);
    assertThat(never.repeat()).isEqualTo(never.first());
    assertThat(HeaderBlocks.check(indexed, indexed, Indexing.INDEXED)).isEmpty();
    assertThat(HeaderBlocks.check(never, never, Indexing.NEVER_INDEXED)).isEmpty();
  }

  @Test
  @DisplayName("an encoder that indexes what it never must MUST be told from one that does not")
  void wrongEncoder() {
    Supplier<HeaderConnection> indexesAll =
        () ->
            HeaderConnection.of(
                new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE));
    HeaderShare share = HeaderShare.of(Carrier.BEARER, indexesAll, List.of(TOKEN));

    assertThat(HeaderBlocks.check(share, share, Indexing.NEVER_INDEXED))
        .singleElement()
        .asString()
        .contains("so it was indexed");
  }

  @Test
  @DisplayName("what the decoder reads MUST be what the encoder was given, and no message tell it")
  void mismatch() {
    try (HeaderConnection forgetful = HeaderConnection.of(new Forgetful())) {
      assertThatThrownBy(() -> forgetful.send(RequestHeaders.with(Carrier.BEARER, TOKEN)))
          .isInstanceOf(HeaderConnection.MismatchException.class)
          .message()
          .doesNotContain(TOKEN);
    }
  }

  /** Leaves the credential out. */
  private static final class Forgetful extends DefaultHttp2HeadersEncoder {
    @Override
    public void encodeHeaders(int stream, Http2Headers headers, ByteBuf block)
        throws Http2Exception {
      super.encodeHeaders(stream, RequestHeaders.bare(), block);
    }
  }

  @Test
  @DisplayName("a credential that stands in for another MUST cost about what that does")
  void luck() {
    HeaderShare share = HeaderShare.of(Carrier.COOKIE, Indexing.INDEXED, List.of(TOKEN));
    HeaderShare other =
        HeaderShare.of(Carrier.COOKIE, Indexing.INDEXED, List.of(StandIn.ofLength(700)));

    assertThat(HeaderBlocks.check(other, share, Indexing.INDEXED))
        .singleElement()
        .asString()
        .contains("its stand-in");
  }

  @Test
  @DisplayName("the sweeps MUST find the very edge: one byte or one user more, and it falls out")
  void edges() {
    Counted.Count count = HeaderBlocks.of(Labs.of(TWO, Servers.NONE));
    Experiment experiment = new Experiment("E9", "", "", Verdict.HOLDS, count.results());

    int largest =
        experiment
            .value(
                TokenSizes.ARM,
                Map.of(HeaderBlocks.CARRIER, "bearer", HeaderBlocks.EDGE, TokenSizes.TOKEN_BYTES),
                TokenSizes.LARGEST)
            .orElseThrow()
            .intValue();
    assertThat(bearer(largest).isIndexed()).isTrue();
    assertThat(bearer(largest + 1).isIndexed()).isFalse();
    Map<String, String> users = Map.of(HeaderBlocks.EDGE, SharedConnections.USERS);
    double tokens =
        experiment.value("jwt-hs256", users, SharedConnections.MOST_USERS).orElseThrow();
    double ids = experiment.value("memory", users, SharedConnections.MOST_USERS).orElseThrow();
    assertThat(tokens).isBetween(2.0, ids / 2);
    assertThat(count.findings()).isEmpty();
    assertThat(count.checked()).isPositive();
  }

  private static HeaderShare bearer(int bytes) {
    return HeaderShare.of(Carrier.BEARER, Indexing.INDEXED, List.of(StandIn.ofLength(bytes)));
  }

  @Test
  @DisplayName("another run MUST count the very same, whatever ids, keys and hours it has")
  void sameAgain() {
    List<Arm> both = List.of(TWO.get(0), TWO.get(1));

    assertThat(HeaderBlocks.of(Labs.of(both, Servers.NONE)).results())
        .isEqualTo(HeaderBlocks.of(Labs.of(both, Servers.NONE)).results());
  }
}
