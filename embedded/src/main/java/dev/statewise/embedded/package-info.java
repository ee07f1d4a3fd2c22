/**
 * Real servers for tests, benchmarks and examples, and a TCP proxy that injects faults. Not
 * published, and independent of the other modules.
 */
@NullMarked
package dev.statewise.embedded;

import org.jspecify.annotations.NullMarked;
