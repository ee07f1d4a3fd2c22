/** What is compared: the strategies, the floors, and the gate each must pass before it is timed. */
@NullMarked
package dev.statewise.benchmarks.arm;

import org.jspecify.annotations.NullMarked;
