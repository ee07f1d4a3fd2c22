/**
 * How things are timed: slices in shuffled order, a canary between them, medians with intervals.
 */
@NullMarked
package dev.statewise.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
