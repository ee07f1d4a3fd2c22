/** Sa-Token's sessions in memory, as a peer. */
@NullMarked
package dev.statewise.benchmarks.peer.satoken;

import org.jspecify.annotations.NullMarked;
