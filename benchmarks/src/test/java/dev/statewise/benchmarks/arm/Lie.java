package dev.statewise.benchmarks.arm;

/** What a dishonest arm does, and the question of the gate that finds it out. */
public enum Lie {
  FORGETS_STATE("accepts valid"),
  ACCEPTS_TAMPERED("refuses tampered"),
  ACCEPTS_EXPIRED("refuses expired"),
  ACCEPTS_ENDED("refuses ended");

  private final String question;

  Lie(String question) {
    this.question = question;
  }

  String question() {
    return question;
  }
}
