/** Sessions in HTTP headers, without a framework. */
@NullMarked
package dev.statewise.web;

import org.jspecify.annotations.NullMarked;
