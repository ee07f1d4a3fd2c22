package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.run.Metric;
import dev.statewise.embedded.Traffic;
import java.util.List;

/**
 * How many statements or requests each operation may take, and in how many round trips, of arms on
 * databases and object storage: declared here, and asserted of every run.
 */
final class RequestBudget {

  /**
   * What one operation takes.
   *
   * @param asked statements that the driver is given, or requests
   * @param roundTrips of them, on the wire
   * @param sometimes how many more of each it may take
   */
  record Budget(int asked, int roundTrips, int sometimes) {

    boolean allows(Traffic sample) {
      return isWithin(sample.commands(), asked) && isWithin(sample.roundTrips(), roundTrips);
    }

    private boolean isWithin(long seen, int least) {
      return seen >= least && seen <= least + sometimes;
    }

    @Override
    public String toString() {
      String declared = "%d in %d".formatted(asked, roundTrips);
      return sometimes == 0 ? declared : declared + ", or %d more".formatted(sometimes);
    }
  }

  private static final String H2 = "jdbc-h2";
  private static final String POSTGRES = "jdbc-postgres";
  private static final String S3 = "object-s3";

  private RequestBudget() {}

  /** Whether it is one of those arms. */
  static boolean has(String arm) {
    return arm.equals(H2) || arm.equals(POSTGRES) || arm.equals(S3);
  }

  /** What is declared of one of them. */
  static Budget of(String arm, Operation operation) {
    return switch (arm) {
      case POSTGRES -> onDatabase(operation);
      case H2 -> new Budget(onDatabase(operation).asked(), 0, onDatabase(operation).sometimes());
      default -> onObjects(operation);
    };
  }

  private static Budget onDatabase(Operation operation) {
    return switch (operation) {
      case OPEN, VALIDATE, SAVE, ROTATE, LIST -> new Budget(1, 1, 0);
      case VALIDATE_TOUCH, VALIDATE_SAVE, END -> new Budget(2, 2, 0);
      // A transaction, whose isolation is asked for first and which is committed last; and the row
      // that
      // subjects are counted under, if it is not there yet.
      case END_ALL -> new Budget(3, 5, 1);
    };
  }

  /** Each write but of a new object reads it first. */
  private static Budget onObjects(Operation operation) {
    return switch (operation) {
      case OPEN, VALIDATE -> new Budget(1, 1, 0);
      case SAVE, ROTATE -> new Budget(2, 2, 0);
      case VALIDATE_TOUCH, VALIDATE_SAVE, END -> new Budget(3, 3, 0);
      case LIST, END_ALL -> new Budget(0, 0, 0);
    };
  }

  /** What is declared of an operation. */
  static List<Metric> metrics(String arm, Operation operation) {
    Budget declared = of(arm, operation);
    return List.of(
        Counting.declared(
            "declaredCommands",
            "commands",
            declared.asked(),
            declared.asked() + declared.sometimes()),
        Counting.declared(
            "declaredRoundTrips",
            "round trips",
            declared.roundTrips(),
            declared.roundTrips() + declared.sometimes()));
  }

  /** What of a measured operation is not as declared. */
  static List<String> findings(String arm, Operation operation, List<Traffic> samples) {
    Budget declared = of(arm, operation);
    return samples.stream()
        .filter(sample -> !declared.allows(sample))
        .findFirst()
        .map(
            sample ->
                List.of(
                    "%s %s: %d asked in %d round trips, declared is %s"
                        .formatted(
                            arm, operation, sample.commands(), sample.roundTrips(), declared)))
        .orElse(List.of());
  }
}
