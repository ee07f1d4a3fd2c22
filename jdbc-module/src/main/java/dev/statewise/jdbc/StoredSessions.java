package dev.statewise.jdbc;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Findings;
import dev.statewise.spi.SessionCodec.Decoded;
import java.util.Optional;

/** Rows as sessions: with a word on what is none. */
record StoredSessions(Findings findings) {

  /**
   * The session with {@code key} in {@code row}; empty, and a finding, if it is not that.
   *
   * @throws dev.statewise.spi.StoreUnavailableException if only a newer node can read it
   */
  Optional<Session> read(String verb, SessionRow row, SessionKey key) {
    Optional<Session> session = read(verb, row);
    if (session.isPresent() && !session.get().key().equals(key)) {
      tellOfStranger(key.text(), "it is the session " + session.get().key());
      return Optional.empty();
    }
    return session;
  }

  /** The session in {@code row}, whichever it is. */
  Optional<Session> read(String verb, SessionRow row) {
    if (row.decoded() instanceof Decoded.Read read) {
      return Optional.of(read.session());
    }
    if (row.decoded() instanceof Decoded.Unreadable unreadable) {
      tellOfStranger(row.key(), unreadable.why());
      return Optional.empty();
    }
    throw new Outages(verb).newer(row.key());
  }

  private void tellOfStranger(String key, String why) {
    findings.tell(
        "What lies under the key of session %s is not that session: %s. It is treated as no session. Find out who else writes to this table."
            .formatted(Outages.shown(key), why));
  }
}
