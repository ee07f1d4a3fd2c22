/** What grows: cost with the size of a token and with the number of sessions, garbage, memory. */
@NullMarked
package dev.statewise.benchmarks.experiment.growth;

import org.jspecify.annotations.NullMarked;
