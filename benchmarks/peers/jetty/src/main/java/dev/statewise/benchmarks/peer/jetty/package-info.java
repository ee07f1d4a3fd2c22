/** Jetty's sessions, as a peer. */
@NullMarked
package dev.statewise.benchmarks.peer.jetty;

import org.jspecify.annotations.NullMarked;
