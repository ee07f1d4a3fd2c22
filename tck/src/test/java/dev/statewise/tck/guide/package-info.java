/** The code of the guide "Write a store", as somebody else would write it: in another package. */
@NullMarked
package dev.statewise.tck.guide;

import org.jspecify.annotations.NullMarked;
