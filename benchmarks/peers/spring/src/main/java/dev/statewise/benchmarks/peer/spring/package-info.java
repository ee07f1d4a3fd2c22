/** Spring Session, in memory and on Redis, as a peer. */
@NullMarked
package dev.statewise.benchmarks.peer.spring;

import org.jspecify.annotations.NullMarked;
