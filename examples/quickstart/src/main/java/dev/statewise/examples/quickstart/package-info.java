/** The shortest useful program. */
@NullMarked
package dev.statewise.examples.quickstart;

import org.jspecify.annotations.NullMarked;
