package dev.statewise;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.ListTraits;
import dev.statewise.spi.RevocationList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A shared list that promises what it must and keeps nothing beyond: another node hears of a
 * refusal as late as the staleness allows, and a refusal is forgotten at the very instant it was
 * given, on the list's own clock.
 */
final class ExactList {

  private record Refusal(
      Predicate<Session> refuses, char writer, Instant heardBy, Instant until, Instant floor) {}

  private final InstantSource clock;
  private final Duration ahead;
  private final Duration staleness;
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * @param clock the true time
   * @param ahead by how much the list's own clock is ahead of it
   */
  ExactList(InstantSource clock, Duration ahead, Duration staleness) {
    this.clock = clock;
    this.ahead = ahead;
    this.staleness = staleness;
  }

  /** When the last refusal is forgotten, in true time. */
  Instant forgottenAt() {
    return refusals.stream().map(Refusal::until).max(Instant::compareTo).orElseThrow().minus(ahead);
  }

  /** The list as {@code node} sees it. */
  RevocationList on(char node) {
    return new Handle(node);
  }

  private final class Handle implements RevocationList {

    private final char node;

    Handle(char node) {
      this.node = node;
    }

    @Override
    public Acknowledgement refuseBelow(SessionKey session, long version, Instant until) {
      return refuse(
          one -> one.key().equals(session) && one.version() < version, until, Instant.EPOCH);
    }

    @Override
    public Acknowledgement refuseCreatedBefore(String subject, Instant before, Instant until) {
      return refuse(
          one -> one.subject().equals(subject) && one.createdAt().isBefore(before), until, before);
    }

    @Override
    public Acknowledgement refuseAllCreatedBefore(Instant before, Instant until) {
      return refuse(one -> one.createdAt().isBefore(before), until, before);
    }

    private Acknowledgement refuse(Predicate<Session> refuses, Instant until, Instant floor) {
      Instant heardBy = clock.instant().plus(staleness);
      refusals.add(new Refusal(refuses, node, heardBy, until, floor));
      return Acknowledgement.RAISED;
    }

    @Override
    public Instant floor(String subject) {
      return refusals.stream().map(Refusal::floor).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    @Override
    public boolean isRefused(Session session) {
      Instant now = clock.instant();
      return refusals.stream()
          .filter(refusal -> now.plus(ahead).isBefore(refusal.until()))
          .filter(refusal -> refusal.writer() == node || !now.isBefore(refusal.heardBy()))
          .anyMatch(refusal -> refusal.refuses().test(session));
    }

    @Override
    public ListTraits traits() {
      return ListTraits.sharedByNodes().withStaleness(staleness);
    }

    @Override
    public void close() {}
  }
}
