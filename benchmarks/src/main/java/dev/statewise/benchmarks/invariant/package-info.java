/**
 * The checks that a run must stand before its numbers are worth reading, each on its file alone.
 */
@NullMarked
package dev.statewise.benchmarks.invariant;

import org.jspecify.annotations.NullMarked;
