package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a repeated token falls out of the table: a sweep over its size, and the very edge. */
public final class TokenSizes {

  /** Texts of a size, and no more than that. */
  public static final String ARM = "token-of-a-size";

  public static final String TOKEN_BYTES = "tokenBytes";

  /** Of the largest token whose repeat is an index. */
  public static final String LARGEST = "largestIndexed";

  private static final int STEP = 256;
  private static final int MOST = 5_120;

  private TokenSizes() {}

  static List<ArmResult> measure() {
    List<ArmResult> results = new ArrayList<>();
    for (Carrier carrier : Carrier.values()) {
      for (int size = STEP; size <= MOST; size += STEP) {
        HeaderShare share = share(carrier, size);
        Map<String, String> params = params(carrier);
        params.put(TOKEN_BYTES, String.valueOf(size));
        results.add(
            new ArmResult(
                ARM, params, List.of(HeaderBlocks.counted(HeaderBlocks.BYTES, share.repeat()))));
      }
      Map<String, String> edge = params(carrier);
      edge.put(HeaderBlocks.EDGE, TOKEN_BYTES);
      results.add(
          new ArmResult(ARM, edge, List.of(HeaderBlocks.counted(LARGEST, largest(carrier)))));
    }
    return results;
  }

  /** Up to some size a repeat is an index, and above it none is. */
  private static int largest(Carrier carrier) {
    return Edge.largest(0, MOST + 1, size -> share(carrier, size).isIndexed());
  }

  private static HeaderShare share(Carrier carrier, int size) {
    return HeaderShare.of(carrier, Indexing.INDEXED, List.of(StandIn.ofLength(size)));
  }

  private static Map<String, String> params(Carrier carrier) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put(HeaderBlocks.CARRIER, carrier.toString());
    params.put(HeaderBlocks.INDEXING, Indexing.INDEXED.toString());
    params.put(HeaderBlocks.REQUEST, HeaderBlocks.REPEAT);
    return params;
  }
}
