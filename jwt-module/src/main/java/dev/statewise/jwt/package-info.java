/**
 * Sessions in signed tokens: {@link dev.statewise.jwt.JwtTokenService} and the keys it signs and
 * verifies with.
 */
@NullMarked
package dev.statewise.jwt;

import org.jspecify.annotations.NullMarked;
