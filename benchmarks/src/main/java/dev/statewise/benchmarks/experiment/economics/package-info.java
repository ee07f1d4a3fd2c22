/** What it costs a store that sessions end: experiments E20 and E27. */
@NullMarked
package dev.statewise.benchmarks.experiment.economics;

import org.jspecify.annotations.NullMarked;
