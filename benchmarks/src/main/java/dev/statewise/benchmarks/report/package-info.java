/** A run as a page, as Markdown and as a table of values. */
@NullMarked
package dev.statewise.benchmarks.report;

import org.jspecify.annotations.NullMarked;
