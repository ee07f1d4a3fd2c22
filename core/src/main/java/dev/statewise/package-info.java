/**
 * The front door: one small API for sessions, wherever their state lives. Begin with {@link
 * dev.statewise.Sessions}.
 */
@NullMarked
package dev.statewise;

import org.jspecify.annotations.NullMarked;
