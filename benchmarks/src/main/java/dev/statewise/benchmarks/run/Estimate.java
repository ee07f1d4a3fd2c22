package dev.statewise.benchmarks.run;

/**
 * The median of some samples and its 95 % interval.
 *
 * @param n how many samples
 */
public record Estimate(double median, double lo, double hi, int n) {}
