package dev.statewise.benchmarks.arm;

import dev.statewise.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much state a session carries; the same for every arm. */
public enum Profile {
  /** A subject and nothing else. */
  MIN("min", 0, 0),
  /** Name, e-mail address, scope and five roles. */
  TYP("typ", 0, 0),
  /** As {@link #TYP}, with ten groups named by UUIDs. */
  G10("g10", 10, 0),
  /** As {@link #TYP}, with a note that fills the state up to 1 KiB. */
  K1("1k", 0, 1_024),
  G50("g50", 50, 0),
  K3("3k", 0, 3_072),
  G100("g100", 100, 0),
  G200("g200", 200, 0);

  /** Whose sessions they are; ten characters. */
  public static final String SUBJECT = "user-12345";

  private static final String NOTE = "note";
  private static final String GROUPS = "groups";

  private final String text;
  private final int groups;
  private final int stateBytes;

  /**
   * @param stateBytes filled up to this; 0 for none to fill
   */
  Profile(String text, int groups, int stateBytes) {
    this.text = text;
    this.groups = groups;
    this.stateBytes = stateBytes;
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
      attributes.put(GROUPS, groups(groups));
    }
    if (stateBytes > 0) {
      attributes.put(NOTE, "x".repeat(stateBytes - bytesOf(attributes) - bytesOf(NOTE, "")));
    }
    return attributes;
  }

  /** As {@link #TYP}, with so many groups; the same on every call. */
  public static Map<String, String> withGroups(int groups) {
    Map<String, String> attributes = TYP.attributes();
    if (groups > 0) {
      attributes.put(GROUPS, groups(groups));
    }
    return attributes;
  }

  private static String groups(int count) {
    Random random = new Random(count);
    return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()).toString())
        .limit(count)
        .collect(Collectors.joining(","));
  }

  private static int bytesOf(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .mapToInt(attribute -> bytesOf(attribute.getKey(), attribute.getValue()))
        .sum();
  }

  /** As {@link Session#stateBytes} counts text of ASCII. */
  private static int bytesOf(String name, String value) {
    return name.length() + value.length() + Session.BYTES_PER_ATTRIBUTE;
  }

  /** What it is, for a reader. */
  public String meaning() {
    return switch (this) {
      case MIN -> "a subject and nothing else";
      case TYP -> "a subject, name, e-mail address, scope and five roles";
      case K1, K3 -> "as typ, and a note that fills it up to %d KiB".formatted(stateBytes >> 10);
      case G10, G50, G100, G200 -> "as typ, and %d groups named by UUIDs".formatted(groups);
    };
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
