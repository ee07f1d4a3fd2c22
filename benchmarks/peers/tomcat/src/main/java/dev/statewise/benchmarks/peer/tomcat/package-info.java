/** Tomcat's sessions, as a peer. */
@NullMarked
package dev.statewise.benchmarks.peer.tomcat;

import org.jspecify.annotations.NullMarked;
