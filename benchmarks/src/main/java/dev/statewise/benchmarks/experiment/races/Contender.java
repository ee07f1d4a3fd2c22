package dev.statewise.benchmarks.experiment.races;

import java.util.Map;
import java.util.Optional;

/** Whoever is put through the races, on one node: sessions of ours, or a peer's. */
interface Contender extends AutoCloseable {

  /** Opens a session of {@code subject} and returns its credential. */
  String open(String subject, Map<String, String> attributes);

  /** Begins a request with a session; empty if it is not accepted. */
  Optional<Begun> begin(String credential);

  /** Asks for a session; empty if it is not accepted. */
  Optional<Shown> ask(String credential);

  /** Ends a session, as far as it can. */
  void end(String credential);

  @Override
  void close();

  /**
   * An answer to a credential that was accepted.
   *
   * @param credential what the client keeps from now on
   */
  record Shown(Map<String, String> attributes, String credential) {}

  /** A request that has begun. */
  interface Begun {

    /** Changes an attribute of what was found. */
    void set(String name, String value);

    /** Saves what was changed, as the end of a request does. */
    Saved finish();
  }

  /**
   * What became of a request.
   *
   * @param told whether the request learnt that its change is not kept
   * @param credential what the client keeps from now on
   */
  record Saved(boolean told, String credential) {}
}
