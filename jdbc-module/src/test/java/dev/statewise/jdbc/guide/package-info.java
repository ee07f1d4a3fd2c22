/**
 * The code of the guide "Sessions in a relational database", as a user writes it: in another
 * package.
 */
@NullMarked
package dev.statewise.jdbc.guide;

import org.jspecify.annotations.NullMarked;
