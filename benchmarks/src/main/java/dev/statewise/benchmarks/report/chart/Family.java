package dev.statewise.benchmarks.report.chart;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which strategy an arm is of: what it looks like in every chart, and what it is filtered by. */
public enum Family {
  MEMORY("Memory", "memory"),
  REDIS("Redis", "redis"),
  JDBC("Databases", "jdbc-"),
  OBJECT("Object storage", "object-"),
  REMEMBERED("Tokens, other manners", ""),
  JWT("Tokens", "jwt-"),
  HYBRID("Hybrid", "hybrid"),
  PEER("Peers", "peer-"),
  FLOOR("Floors", "floor-");

  private final String title;
  private final String prefix;

  Family(String title, String prefix) {
    this.title = title;
    this.prefix = prefix;
  }

  /** As a reader sees it. */
  public String title() {
    return title;
  }

  /** As the page's script and style know it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family of an arm; empty for what is no arm, such as an algorithm or a server. */
  public static Optional<Family> of(String arm) {
    if (arm.startsWith(JWT.prefix)
        && (arm.endsWith("-lazy") || arm.endsWith("-first") || arm.endsWith("-seen"))) {
      return Optional.of(REMEMBERED);
    }
    return Arrays.stream(values())
        .filter(family -> !family.prefix.isEmpty() && arm.startsWith(family.prefix))
        .findFirst();
  }
}
