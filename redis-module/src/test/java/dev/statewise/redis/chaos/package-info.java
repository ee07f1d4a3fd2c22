/**
 * Faults against real servers: what is done, what is lost by it, and what was promised. One class a
 * fault, through the public API alone; {@code mvn verify -pl redis-module -am -Pchaos} runs them in
 * full, the default build runs a small version of each.
 */
@NullMarked
package dev.statewise.redis.chaos;

import org.jspecify.annotations.NullMarked;
