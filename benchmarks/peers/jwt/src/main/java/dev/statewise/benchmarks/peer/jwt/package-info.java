/** Other token libraries, as peers: each as its own documentation shows it. */
@NullMarked
package dev.statewise.benchmarks.peer.jwt;

import org.jspecify.annotations.NullMarked;
