package dev.statewise.session;

import java.time.Duration;
import java.util.Objects;

/**
 * This strategy does not keep what would be needed to do as asked; nothing was done.
 *
 * @param refusedWithin of an ending: at the latest after this, every node refuses the credential,
 *     by its age alone
 * @param why what is not kept, and which strategy keeps it
 */
public record NotKept(Duration refusedWithin, String why) implements Ending, Listing {

  public NotKept {
    Objects.requireNonNull(refusedWithin, "refusedWithin");
    Objects.requireNonNull(why, "why");
  }
}
