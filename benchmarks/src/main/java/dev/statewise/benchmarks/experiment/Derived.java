package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.rig.Bootstrap;
import dev.statewise.benchmarks.run.ArmResult;
import java.util.List;

/** An experiment that reads what the JVMs of another measured. */
public interface Derived {

  /** Whose JVMs. */
  Question from();

  /** Its results. */
  List<ArmResult> results(Measured measured, Lab lab, Bootstrap bootstrap);
}
