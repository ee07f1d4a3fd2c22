/** The questions, the rules that judge their answers, and the checks on the run itself. */
@NullMarked
package dev.statewise.benchmarks.experiment;

import org.jspecify.annotations.NullMarked;
