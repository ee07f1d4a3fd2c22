/**
 * What a place for state must do: values only, no HTTP, no clock, no configuration objects. Each
 * contract has numbered rules in {@code docs/spec}, and {@code statewise-tck} tests them.
 */
@NullMarked
package dev.statewise.spi;

import org.jspecify.annotations.NullMarked;
