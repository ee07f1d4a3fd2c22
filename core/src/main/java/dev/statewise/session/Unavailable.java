package dev.statewise.session;

import java.util.Objects;

/**
 * A store or list, or what verifies tokens, gave no answer in time. Answer 503, never 401: a 401
 * makes clients throw their credentials away.
 *
 * <p>Of a validation: the credential is neither accepted nor rejected. Of a write: it may or may
 * not have happened. Trying again brings nothing back and ends nobody else's session; but a {@code
 * save} may then conflict with itself, an {@code update} may apply twice, and after an unanswered
 * {@code rotate} the client's credential may be dead.
 *
 * @param dependency what gave no answer, for example {@code session store}
 * @param cause what was seen
 */
public record Unavailable(String dependency, Throwable cause)
    implements Validation, OpenResult, SaveResult, Ending, Listing {

  public Unavailable {
    Objects.requireNonNull(dependency, "dependency");
    Objects.requireNonNull(cause, "cause");
  }
}
