package dev.statewise.benchmarks.experiment;

/** What an arm is asked to do, as params spell it. */
enum Operation {
  OPEN("open"),
  /** With no touch due. */
  VALIDATE("validate"),
  /** With a touch due. */
  VALIDATE_TOUCH("validate-touch"),
  /** Of a session that was validated before. */
  SAVE("save"),
  /** A request that changes one attribute, from the credential to the end. */
  VALIDATE_SAVE("validate-save"),
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
