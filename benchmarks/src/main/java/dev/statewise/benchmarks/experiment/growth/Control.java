package dev.statewise.benchmarks.experiment.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * Objects whose bytes are known, by which the scale is checked: arrays of 64 bytes with a header of
 * 16, in arrays of references.
 */
final class Control implements Load {

  /** As HotSpot lays them out on 64 bits, with compressed references. */
  static final double BYTES = 16 + 64 + 4;

  private static final int PAYLOAD = 64;

  private final List<byte[][]> held = new ArrayList<>();

  @Override
  public void warmUp() {
    hold(1);
  }

  @Override
  public int hold(int count) {
    byte[][] arrays = new byte[count][];
    for (int i = 0; i < count; i++) {
      arrays[i] = new byte[PAYLOAD];
    }
    held.add(arrays);
    return count;
  }

  @Override
  public void close() {
    held.clear();
  }
}
