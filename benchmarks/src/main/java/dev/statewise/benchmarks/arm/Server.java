package dev.statewise.benchmarks.arm;

/** A kind of server that arms ask; a run has one of each, or none. */
public enum Server {
  REDIS("Redis"),
  POSTGRES("PostgreSQL"),
  S3("S3 API");

  private final String label;

  Server(String label) {
    this.label = label;
  }

  /** For a reader. */
  public String label() {
    return label;
  }
}
