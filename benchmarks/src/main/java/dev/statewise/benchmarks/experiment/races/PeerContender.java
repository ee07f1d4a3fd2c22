package dev.statewise.benchmarks.experiment.races;

import dev.statewise.benchmarks.peer.Peer;
import java.util.Map;
import java.util.Optional;

/** A peer. Whatever it throws while a request changes or saves a session, tells the request. */
record PeerContender(Peer peer) implements Contender {

  @Override
  public String open(String subject, Map<String, String> attributes) {
    return peer.open(subject, attributes);
  }

  @Override
  public Optional<Begun> begin(String credential) {
    Optional<Begun> begun = peer.hold(credential).map(held -> new Request(held, credential));
    if (begun.isEmpty() && peer.attributes(credential).isPresent()) {
      throw new IllegalStateException("the peer has no request that could be held.");
    }
    return begun;
  }

  @Override
  public Optional<Shown> ask(String credential) {
    return peer.attributes(credential).map(attributes -> new Shown(attributes, credential));
  }

  @Override
  public void end(String credential) {
    peer.end(credential);
  }

  @Override
  public void close() {
    peer.close();
  }

  /** A request that holds a session. */
  private static final class Request implements Begun {
    private final Peer.Held held;
    private final String credential;
    private boolean told;

    Request(Peer.Held held, String credential) {
      this.held = held;
      this.credential = credential;
    }

    @Override
    public void set(String name, String value) {
      try {
        held.set(name, value);
      } catch (RuntimeException e) {
        told = true;
      }
    }

    @Override
    public Saved finish() {
      try {
        String next = held.finish();
        return new Saved(told, next);
      } catch (RuntimeException e) {
        return new Saved(true, credential);
      }
    }
  }
}
