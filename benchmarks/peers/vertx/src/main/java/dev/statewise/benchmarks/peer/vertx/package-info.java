/** The sessions of Vert.x, in memory and on Redis, as a peer. */
@NullMarked
package dev.statewise.benchmarks.peer.vertx;

import org.jspecify.annotations.NullMarked;
