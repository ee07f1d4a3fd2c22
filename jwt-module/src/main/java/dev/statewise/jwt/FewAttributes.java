package dev.statewise.jwt;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few attributes, side by side in one array: to look through them costs less than to hash their
 * names. Unmodifiable, and like {@code Map.of} without null.
 */
final class FewAttributes extends AbstractMap<String, String> {

  /** Each name, and its value behind it. */
  private final String[] texts;

  /**
   * @param texts names, each different, and their values; not copied
   */
  FewAttributes(String[] texts) {
    this.texts = texts;
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    int at = find(name);
    return at < 0 ? null : texts[at + 1];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return find(name) >= 0;
  }

  @Override
  public int size() {
    return texts.length / 2;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int i = 0; i < texts.length; i += 2) {
      action.accept(texts[i], texts[i + 1]);
    }
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new Entries();
  }

  private int find(@Nullable Object name) {
    requireNonNull(name, "name");
    for (int i = 0; i < texts.length; i += 2) {
      if (texts[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private final class Entries extends AbstractSet<Entry<String, String>> {
    @Override
    public int size() {
      return FewAttributes.this.size();
    }

    @Override
    public Iterator<Entry<String, String>> iterator() {
      return new Walk();
    }
  }

  private final class Walk implements Iterator<Entry<String, String>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < texts.length;
    }

    @Override
    public Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      next += 2;
      return new SimpleImmutableEntry<>(texts[next - 2], texts[next - 1]);
    }
  }
}
