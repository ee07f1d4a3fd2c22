package dev.statewise.web;

import dev.statewise.session.Credential;
import java.util.Objects;

/** What a request presents in one way of carrying a credential. */
public sealed interface Presented {

  /** Nothing. */
  record Nothing() implements Presented {}

  /** One credential, not judged yet. */
  record One(Credential credential) implements Presented {
    public One {
      Objects.requireNonNull(credential, "credential");
    }
  }

  /**
   * Several different ones. Which of two cookies is the user's and which one somebody slipped in
   * beside it nobody can tell (RFC 6265 §4.2.2), so this is no session.
   */
  record Several() implements Presented {}
}
