/** What becomes of state in races and replays: experiment E29. */
@NullMarked
package dev.statewise.benchmarks.experiment.races;

import org.jspecify.annotations.NullMarked;
