package dev.statewise.tck;

import dev.statewise.spi.StoreUnavailableException;
import java.util.function.Supplier;

/** One write whose reply is lost, and which is then sent again. */
final class LostReply {

  private LostReply() {}

  /** Calls with the reply lost and, if the client gives up, calls once more as a caller would. */
  static <R> R sentAgain(LostReplies<?> lossy, Supplier<R> write) {
    lossy.loseNextReply();
    try {
      return write.get();
    } catch (StoreUnavailableException unanswered) {
      if (lossy.resends()) {
        throw new AssertionError(
            "The client was to send the write again, and gave up.", unanswered);
      }
      return write.get();
    }
  }
}
