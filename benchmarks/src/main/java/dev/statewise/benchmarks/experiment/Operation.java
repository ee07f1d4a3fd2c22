package dev.statewise.benchmarks.experiment;

/** What an arm is asked to do, as params spell it. */
enum Operation {
  OPEN("open"),
  /** With no touch due. */
  VALIDATE("validate"),
  /** With a touch due. */
  VALIDATE_TOUCH("validate-touch"),
  SAVE("save"),
  ROTATE("rotate"),
  /** Of a credential, as a client logs out. */
  END("end"),
  LIST("list"),
  END_ALL("end-all");

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
