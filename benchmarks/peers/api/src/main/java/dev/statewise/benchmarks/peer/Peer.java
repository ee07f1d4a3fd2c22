package dev.statewise.benchmarks.peer;

import java.util.Map;
import java.util.Optional;

/**
 * Somebody else's sessions, in their defaults. It promises nothing in the words of this project;
 * what it does is asked of it before it is measured.
 *
 * <p>Used by one thread.
 */
public interface Peer extends AutoCloseable {

  /** Opens a session of {@code subject} and returns its id. */
  String open(String subject, Map<String, String> attributes);

  /**
   * What a request does with a session that it only reads: finds it, notes that it was used, and
   * saves that, as far as the peer does so at all.
   *
   * @return something that depends on what was found; negative exactly if nothing was
   */
  int request(String id);

  /** The attributes that were kept, without the subject; empty if there is no such session. */
  Optional<Map<String, String>> attributes(String id);

  /**
   * What a request does that changes one attribute, from the id to the end.
   *
   * @return whether the session was there
   */
  default boolean change(String id, String name, String value) {
    Optional<Held> held = hold(id);
    held.ifPresent(
        request -> {
          request.set(name, value);
          request.finish();
        });
    return held.isPresent();
  }

  /** One request that has begun: the session as it was found, and not yet saved. */
  interface Held {

    /** Changes one attribute of what is held. */
    void set(String name, String value);

    /**
     * Ends the request as the peer ends one, which saves what was changed as far as it does so.
     *
     * @return the id to ask for the session from now on: the very one, unless its state is in it
     */
    String finish();
  }

  /** Begins a request with a session; empty if there is no such session. */
  Optional<Held> hold(String id);

  /** Gives a session another id and returns it; empty if the peer has no such operation. */
  Optional<String> rotate(String id);

  /**
   * Ends a session.
   *
   * @return whether it can; what keeps nothing of a session cannot
   */
  boolean end(String id);

  /**
   * Makes a session's time run out, as if it had been left alone for so long.
   *
   * @return the id to ask for it: the very one, unless the end of a session is in its id
   */
  String expired(String id);

  /** How many sessions of {@code subject} it finds; empty if the peer has no such operation. */
  default Optional<Integer> list(String subject) {
    return Optional.empty();
  }

  @Override
  void close();
}
