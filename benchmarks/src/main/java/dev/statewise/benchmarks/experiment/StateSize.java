package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Tier;
import dev.statewise.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How much state a session of E26 carries: {@link #ATTRIBUTES} attributes of one length, so that it
 * has exactly so many {@link Session#stateBytes}. Their text is random letters and digits, which no
 * store makes smaller by much.
 */
public enum StateSize {
  KIB_1("1k", "1 KiB", 1 << 10),
  KIB_64("64k", "64 KiB", 64 << 10),
  MIB_1("1m", "1 MiB", 1 << 20),
  MIB_10("10m", "10 MiB", 10 << 20);

  /** How many attributes there are; one of them is changed. */
  public static final int ATTRIBUTES = 16;

  /** The name of the one that is changed. */
  static final String CHANGED = name(ATTRIBUTES / 2);

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final String text;
  private final String label;
  private final int bytes;

  StateSize(String text, String label, int bytes) {
    this.text = text;
    this.label = label;
    this.bytes = bytes;
  }

  /** Those that a tier has time for. */
  public static List<StateSize> of(Tier tier) {
    boolean largest = tier.compareTo(Tier.STANDARD) >= 0;
    return Stream.of(values()).filter(size -> largest || size != MIB_10).toList();
  }

  /** The one whose {@link #toString} is {@code text}. */
  public static Optional<StateSize> named(String text) {
    return Stream.of(values()).filter(size -> size.text.equals(text)).findFirst();
  }

  /** In bytes, as {@link Session#stateBytes} counts them. */
  public int bytes() {
    return bytes;
  }

  /** For a reader. */
  public String label() {
    return label;
  }

  /** The attributes; the same on every call. */
  Map<String, String> attributes() {
    Random random = new Random(bytes);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < ATTRIBUTES; i++) {
      attributes.put(name(i), value(random));
    }
    return attributes;
  }

  /** Another value for the one that is changed, of the same length. */
  String other() {
    return value(new Random(bytes + 1L));
  }

  private String value(Random random) {
    int length = bytes / ATTRIBUTES - name(0).length() - Session.BYTES_PER_ATTRIBUTE;
    StringBuilder value = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return value.toString();
  }

  private static String name(int at) {
    return "field-%02d".formatted(at);
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
