package dev.statewise.benchmarks.arm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much state a session carries; the same for every arm. */
public enum Profile {
  /** A subject and nothing else. */
  MIN("min", 0),
  /** Name, e-mail address, scope and five roles. */
  TYP("typ", 0),
  /** As {@link #TYP}, with ten groups named by UUIDs. */
  G10("g10", 10),
  G50("g50", 50),
  G200("g200", 200);

  /** Whose sessions they are; ten characters. */
  public static final String SUBJECT = "user-12345";

  private final String text;
  private final int groups;

  Profile(String text, int groups) {
    this.text = text;
    this.groups = groups;
  }

  /** The attributes; the same on every call. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (this == MIN) {
      return attributes;
    }
    attributes.put("name", "Ada Lovelace");
    attributes.put("email", "ada.lovelace@example.org");
    attributes.put("scope", "openid profile email orders:read orders:write");
    attributes.put("roles", "user,editor,reviewer,billing,support");
    if (groups > 0) {
      Random random = new Random(groups);
      attributes.put(
          "groups",
          Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()).toString())
              .limit(groups)
              .collect(Collectors.joining(",")));
    }
    return attributes;
  }

  /** What it is, for a reader. */
  public String meaning() {
    return switch (this) {
      case MIN -> "a subject and nothing else";
      case TYP -> "a subject, name, e-mail address, scope and five roles";
      case G10, G50, G200 -> "as typ, and %d groups named by UUIDs".formatted(groups);
    };
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
