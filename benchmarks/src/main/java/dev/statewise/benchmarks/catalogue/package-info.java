/** Which question is answered by what. */
@NullMarked
package dev.statewise.benchmarks.catalogue;

import org.jspecify.annotations.NullMarked;
