/** The command line: experiments, the rig that times them, and the report. */
@NullMarked
package dev.statewise.benchmarks;

import org.jspecify.annotations.NullMarked;
