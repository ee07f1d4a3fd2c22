/** Embedded HTTP servers in their defaults, whose limits are probed. */
@NullMarked
package dev.statewise.benchmarks.peer.servers;

import org.jspecify.annotations.NullMarked;
