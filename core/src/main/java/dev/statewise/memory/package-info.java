/** Sessions and refusals in this process. */
@NullMarked
package dev.statewise.memory;

import org.jspecify.annotations.NullMarked;
