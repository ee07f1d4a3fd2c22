package dev.statewise.benchmarks.experiment;

/** What is done with the state of a session in E26. */
enum StateOperation {
  /** A credential is validated, and every attribute read. */
  READ("read"),
  /** {@code Sessions.update} of a session that was read: one attribute is another. */
  CHANGE("change");

  private final String text;

  StateOperation(String text) {
    this.text = text;
  }

  /** What a slice of it is called, for a size. */
  String of(StateSize size) {
    return text + "-" + size;
  }

  /** As params spell it. */
  @Override
  public String toString() {
    return text;
  }
}
