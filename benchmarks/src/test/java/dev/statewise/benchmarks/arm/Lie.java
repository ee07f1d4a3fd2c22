package dev.statewise.benchmarks.arm;

import java.util.List;

/** What a dishonest arm does, and the questions of the gate that find it out. */
public enum Lie {
  FORGETS_STATE,
  ACCEPTS_TAMPERED,
  ACCEPTS_EXPIRED,
  ACCEPTS_ENDED,
  /** Refuses at first, as one whose list forgets too early. */
  ACCEPTS_ENDED_LATER,
  /** A token alone that says it was ended: only its expiry will refuse it. */
  CLAIMS_TO_HAVE_ENDED,
  /** A token alone that is renewed past its session's absolute end. */
  RENEWS_FOR_EVER;

  private static final String AT_ONCE = "refuses ended at once";
  private static final String AT_ITS_BOUND = "refuses ended at its bound";

  /** The arm that tells the truth otherwise. */
  String honest() {
    return this == CLAIMS_TO_HAVE_ENDED || this == RENEWS_FOR_EVER ? "jwt-hs256" : "memory";
  }

  /** The questions that find it out. */
  List<String> questions() {
    return switch (this) {
      case FORGETS_STATE -> List.of("accepts valid");
      case ACCEPTS_TAMPERED -> List.of("refuses tampered");
      case ACCEPTS_EXPIRED -> List.of("refuses expired");
      case ACCEPTS_ENDED -> List.of(AT_ONCE, AT_ITS_BOUND);
      case CLAIMS_TO_HAVE_ENDED -> List.of(AT_ONCE);
      case ACCEPTS_ENDED_LATER, RENEWS_FOR_EVER -> List.of(AT_ITS_BOUND);
    };
  }
}
