package dev.statewise.jwt;

import static dev.statewise.jwt.Refusal.require;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where attributes lie in a payload: judged already, and made into text when they are asked for.
 * Names are different from each other once unescaped.
 */
final class AttributeSpans implements Supplier<Map<String, String>> {

  // Names are compared each with each up to here; beyond, strangers' cleverness could make it slow.
  private static final int FEW = 16;
  private static final int NUMBERS_EACH = 4;
  private static final int FIRST_ROOM = 8;

  private final byte[] json;

  /** Of each its name from and to, its value from and to; from is negative, ~from, if escaped. */
  private int[] spans = new int[FIRST_ROOM * NUMBERS_EACH];

  private int count;

  private AttributeSpans(byte[] json) {
    this.json = json;
  }

  /** Reads an object of at least one string. */
  static AttributeSpans read(byte[] json, JsonScan scan) throws RefusedException {
    AttributeSpans spans = new AttributeSpans(json);
    scan.token('{');
    byte next = ',';
    while (next == ',') {
      spans.readOne(scan);
      next = scan.token();
    }
    require(next == '}', Refusal.CLAIMS);
    require(spans.areNamesDistinct(), Refusal.CLAIMS);
    return spans;
  }

  @Override
  public Map<String, String> get() {
    return count > FEW ? many() : few();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
  private Map<String, String> few() {
    Map.Entry<String, String>[] attributes = new Map.Entry[count];
    for (int i = 0; i < count; i++) {
      attributes[i] = Map.entry(name(i), text(i * NUMBERS_EACH + 2));
    }
    return Map.ofEntries(attributes);
  }

  private Map<String, String> many() {
    Map<String, String> attributes = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      attributes.put(name(i), text(i * NUMBERS_EACH + 2));
    }
    return attributes;
  }

  private void readOne(JsonScan scan) throws RefusedException {
    int at = count++ * NUMBERS_EACH;
    if (at == spans.length) {
      spans = Arrays.copyOf(spans, 2 * at);
    }
    readString(scan, at);
    scan.token(':');
    readString(scan, at + 2);
  }

  private void readString(JsonScan scan, int at) throws RefusedException {
    scan.string();
    spans[at] = scan.isEscaped() ? ~scan.from() : scan.from();
    spans[at + 1] = scan.to();
  }

  private boolean areNamesDistinct() {
    if (count > FEW || hasEscapedName()) {
      return many().size() == count;
    }
    for (int i = 1; i < count; i++) {
      for (int j = 0; j < i; j++) {
        if (isSameName(i * NUMBERS_EACH, j * NUMBERS_EACH)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isSameName(int one, int other) {
    return Arrays.equals(json, spans[one], spans[one + 1], json, spans[other], spans[other + 1]);
  }

  private boolean hasEscapedName() {
    for (int i = 0; i < count; i++) {
      if (spans[i * NUMBERS_EACH] < 0) {
        return true;
      }
    }
    return false;
  }

  private String name(int i) {
    return text(i * NUMBERS_EACH);
  }

  private String text(int at) {
    int from = spans[at];
    boolean escaped = from < 0;
    return JsonScan.text(json, escaped ? ~from : from, spans[at + 1], escaped);
  }
}
