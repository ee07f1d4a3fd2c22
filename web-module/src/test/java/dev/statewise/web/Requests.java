package dev.statewise.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Headers of a request, for tests. */
final class Requests {

  private Requests() {}

  /** Without any header. */
  static RequestHeaders bare() {
    return name -> List.of();
  }

  static RequestHeaders with(String header, String... values) {
    return of(Map.of(header, List.of(values)));
  }

  static RequestHeaders of(Map<String, List<String>> headers) {
    return name ->
        headers.entrySet().stream()
            .filter(
                header ->
                    header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
            .flatMap(header -> header.getValue().stream())
            .toList();
  }
}
