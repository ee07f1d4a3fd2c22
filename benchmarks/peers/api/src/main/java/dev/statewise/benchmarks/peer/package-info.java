/** All that the benchmarks and a peer in a class loader of its own have in common. */
@NullMarked
package dev.statewise.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
