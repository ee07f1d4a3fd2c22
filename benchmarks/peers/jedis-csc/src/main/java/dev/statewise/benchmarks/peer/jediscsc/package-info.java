/** Jedis with its own client-side cache, as a peer. */
@NullMarked
package dev.statewise.benchmarks.peer.jediscsc;

import org.jspecify.annotations.NullMarked;
