/** What the guide shows, compiled and run. */
@NullMarked
package dev.statewise.jwt.guide;

import org.jspecify.annotations.NullMarked;
