/** The kit tests itself, and core's own store and list with it. */
@NullMarked
package dev.statewise.tck;

import org.jspecify.annotations.NullMarked;
