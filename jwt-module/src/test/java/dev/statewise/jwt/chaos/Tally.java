package dev.statewise.jwt.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the tokens of a lane. */
final class Tally {

  final AtomicLong judged = new AtomicLong();
  final AtomicLong livingRefused = new AtomicLong();
  final AtomicLong deadAccepted = new AtomicLong();

  /** Judged by a node that does not sign with the token's key yet. */
  final AtomicLong ahead = new AtomicLong();

  /** Judged by a node that signs with the token's key no more. */
  final AtomicLong behind = new AtomicLong();

  /** Tokens that are kept to be shown again later. */
  final List<String> kept = new ArrayList<>();
}
