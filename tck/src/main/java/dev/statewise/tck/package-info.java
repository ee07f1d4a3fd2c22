/**
 * The contract tests: what passes them is a store, a token service or a revocation list.
 *
 * <p>Extend {@link dev.statewise.tck.SessionStoreTck}, {@link dev.statewise.tck.SubjectIndexTck},
 * {@link dev.statewise.tck.TokenServiceTck} or {@link dev.statewise.tck.RevocationListTck} and
 * supply its one method. Each test is one numbered rule of {@code docs/spec}, and bears its
 * sentence.
 */
@NullMarked
package dev.statewise.tck;

import org.jspecify.annotations.NullMarked;
