/** Experiments with a fault, against processes of their own, through the public API alone. */
@NullMarked
package dev.statewise.jwt.chaos;

import org.jspecify.annotations.NullMarked;
