/**
 * Charts of a run: what is drawn, and from which values. How it is drawn is the page's script's.
 */
@NullMarked
package dev.statewise.benchmarks.report.chart;

import org.jspecify.annotations.NullMarked;
