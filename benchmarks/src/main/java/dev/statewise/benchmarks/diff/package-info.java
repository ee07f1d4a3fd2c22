/** How two files of measurements differ: what is judged, by what, and how it is told. */
@NullMarked
package dev.statewise.benchmarks.diff;

import org.jspecify.annotations.NullMarked;
