/** What credentials are on the wire: on HTTP/2, and against the limits of servers. */
@NullMarked
package dev.statewise.benchmarks.experiment.wire;

import org.jspecify.annotations.NullMarked;
