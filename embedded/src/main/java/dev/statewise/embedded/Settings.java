package dev.statewise.embedded;

import java.util.Locale;
import java.util.Set;

/** Checks what a caller sets of a server's own settings. */
final class Settings {
  private Settings() {}

  /**
   * @param ours what the class decides by itself
   */
  static void requireOneOfTheirs(String setting, Set<String> ours) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "\"%s\" sets nothing. Write name=value, as in max_connections=20.".formatted(setting));
    }
    String name = setting.substring(0, equals).strip().toLowerCase(Locale.ROOT);
    if (ours.contains(name) || ours.contains(name.replace('_', '-'))) {
      throw new IllegalArgumentException(
          "%s is this server's own to decide. Leave it out, and ask port() and jdbcUrl()."
              .formatted(name));
    }
  }
}
