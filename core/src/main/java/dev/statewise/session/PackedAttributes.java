package dev.statewise.session;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes whose values are one array of bytes and whose names are those of other sessions: a
 * fraction of what a map of texts takes. A value becomes text each time somebody asks for it.
 * Unmodifiable.
 */
final class PackedAttributes extends AbstractMap<String, String> {

  /** State beyond this gains little, and would cost much each time that it is read. */
  private static final int MOST_BYTES = 2_048;

  private static final int LENGTH_BYTES = Short.BYTES;

  private final AttributeNames names;

  /** In the order of the names: two bytes of length and the text in UTF-8, again and again. */
  private final byte[] values;

  private PackedAttributes(AttributeNames names, byte[] values) {
    this.names = names;
    this.values = values;
  }

  /** The same attributes, packed if it pays. */
  static Map<String, String> of(Map<String, String> attributes) {
    if (attributes.isEmpty()) {
      return attributes;
    }
    AttributeNames names = AttributeNames.of(attributes.keySet());
    byte[][] texts = new byte[names.size()][];
    int bytes = 0;
    for (int i = 0; i < texts.length; i++) {
      texts[i] = requireNonNull(attributes.get(names.at(i))).getBytes(StandardCharsets.UTF_8);
      bytes += LENGTH_BYTES + texts[i].length;
      if (bytes > MOST_BYTES) {
        return attributes;
      }
    }
    return new PackedAttributes(names, packed(texts, bytes));
  }

  private static byte[] packed(byte[][] texts, int bytes) {
    ByteBuffer values = ByteBuffer.allocate(bytes);
    for (byte[] text : texts) {
      values.putShort((short) text.length).put(text);
    }
    return values.array();
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    int index = indexOf(name);
    return index < 0 ? null : value(index);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    Map<String, String> texts = new HashMap<>();
    int at = 0;
    for (int i = 0; i < names.size(); i++) {
      texts.put(names.at(i), valueAt(at));
      at += LENGTH_BYTES + lengthAt(at);
    }
    return Collections.unmodifiableMap(texts).entrySet();
  }

  private int indexOf(@Nullable Object name) {
    return requireNonNull(name, "name") instanceof String text ? names.indexOf(text) : -1;
  }

  private String value(int index) {
    int at = 0;
    for (int i = 0; i < index; i++) {
      at += LENGTH_BYTES + lengthAt(at);
    }
    return valueAt(at);
  }

  private String valueAt(int at) {
    return new String(values, at + LENGTH_BYTES, lengthAt(at), StandardCharsets.UTF_8);
  }

  private int lengthAt(int at) {
    return (values[at] & 0xff) << Byte.SIZE | (values[at + 1] & 0xff);
  }
}
