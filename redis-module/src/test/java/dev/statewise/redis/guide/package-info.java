/**
 * The code of the guide "Sessions and refusals in Redis", as a user writes it: in another package.
 */
@NullMarked
package dev.statewise.redis.guide;

import org.jspecify.annotations.NullMarked;
