/** What a run measured, as data: the content of {@code run.json}. */
@NullMarked
package dev.statewise.benchmarks.run;

import org.jspecify.annotations.NullMarked;
