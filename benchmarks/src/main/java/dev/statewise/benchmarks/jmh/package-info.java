/** The arms of the paired rig as benchmarks of stock JMH. */
@NullMarked
package dev.statewise.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
