package dev.statewise.jwt;

import static dev.statewise.jwt.Refusal.require;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
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
  private Charset charset = StandardCharsets.UTF_8;

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
    spans.charset = scan.charset();
    require(spans.areNamesDistinct(), Refusal.CLAIMS);
    return spans;
  }

  /** The attributes, unmodifiable. */
  @Override
  public Map<String, String> get() {
    return count > FEW ? Collections.unmodifiableMap(many()) : few();
  }

  private FewAttributes few() {
    String[] texts = new String[count * 2];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(i * 2);
    }
    return new FewAttributes(texts);
  }

  private Map<String, String> many() {
    Map<String, String> attributes = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      attributes.put(text(i * NUMBERS_EACH), text(i * NUMBERS_EACH + 2));
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

  private String text(int at) {
    int from = spans[at];
    boolean escaped = from < 0;
    return JsonScan.text(json, escaped ? ~from : from, spans[at + 1], escaped, charset);
  }
}
