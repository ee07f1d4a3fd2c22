package dev.statewise.web;

import dev.statewise.session.Rejection;
import dev.statewise.session.Session;
import java.util.Objects;

/** Who stands behind a request, as far as its headers tell. */
public sealed interface Standing {

  /** Nobody: it presents nothing, or two different session cookies, which are no session. */
  record Anonymous() implements Standing {}

  /** The user of this session. */
  record Accepted(Session session) implements Standing {
    public Accepted {
      Objects.requireNonNull(session, "session");
    }
  }

  /**
   * Nobody: what it presents is not accepted. To a page that needs no user it is an anonymous
   * request, and its cookie is left alone: it may be overtaken by a newer one that is on its way.
   *
   * @param reason for logs and counters; a client is not told
   */
  record Rejected(Rejection reason) implements Standing {
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Not to be told: it presents credentials in two ways (RFC 6750 §2). Answer 400. */
  record Ambiguous() implements Standing {}

  /**
   * Not to be told now: what keeps the sessions does not answer. Answer 503, and never 401, which
   * makes clients throw their credentials away.
   *
   * @param dependency what did not answer; for logs
   */
  record Unavailable(String dependency) implements Standing {
    public Unavailable {
      Objects.requireNonNull(dependency, "dependency");
    }
  }
}
