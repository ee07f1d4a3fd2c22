package dev.statewise.session;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that are made when somebody first asks for one, and then stay. Unmodifiable.
 *
 * <p>Threads that ask at the same time may each make them; they are equal.
 */
final class LateAttributes extends AbstractMap<String, String> {

  /** What makes them; what it made from then on, so that nothing is kept for nothing. */
  private volatile Object sourceOrMade;

  LateAttributes(Supplier<Map<String, String>> source) {
    this.sourceOrMade = source;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return made().entrySet();
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    return made().get(requireNonNull(name, "name"));
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return made().containsKey(requireNonNull(name, "name"));
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    made().forEach(action);
  }

  @Override
  public int size() {
    return made().size();
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> made() {
    Object now = sourceOrMade;
    if (now instanceof Map<?, ?> made) {
      return (Map<String, String>) made;
    }
    Map<String, String> made = requireNonNull(((Supplier<Map<String, String>>) now).get());
    sourceOrMade = made;
    return made;
  }
}
