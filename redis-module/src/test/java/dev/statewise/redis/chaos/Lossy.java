package dev.statewise.redis.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.StatefulSessions;
import dev.statewise.session.Credential;
import dev.statewise.session.Grant;
import dev.statewise.session.SaveResult;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.Acknowledgement;
import dev.statewise.spi.Admission;
import dev.statewise.spi.Overflow;
import dev.statewise.spi.ReplaceResult;
import dev.statewise.spi.RevocationList;
import dev.statewise.spi.SessionStore;
import dev.statewise.spi.SubjectIndex;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A node whose replies can be lost after the server has done as it was asked.
 *
 * @param store behind what loses replies, as is {@code list}
 * @param witness sees the server directly, as does {@code listWitness}
 * @param lose loses the reply to the next request that is about that session, or its subject's
 * @param connections how many there have been: each lost reply costs one
 */
record Lossy(
    SessionStore store,
    RevocationList list,
    SessionStore witness,
    RevocationList listWitness,
    Consumer<SessionKey> lose,
    LongSupplier connections) {

  /** What is sent, and told whether it had exactly one effect and one answer. */
  enum Verb {
    CREATE {
      @Override
      boolean isDoneOnce(Lossy node) {
        Session session = Samples.of(someone());
        node.lose.accept(session.key());
        return node.store.create(session) && node.finds(session);
      }
    },
    REPLACE {
      @Override
      boolean isDoneOnce(Lossy node) {
        Session session = node.created(someone());
        Session next = session.with("cart", "43").next(now());
        node.lose.accept(session.key());
        return node.store.replace(next) == ReplaceResult.REPLACED && node.finds(next);
      }
    },
    TOUCH {
      @Override
      boolean isDoneOnce(Lossy node) {
        Session session = node.created(someone());
        Instant later = now().plusSeconds(60);
        node.lose.accept(session.key());
        return node.store.touch(session.key(), later) && node.finds(session.seenAt(later));
      }
    },
    ROTATE {
      @Override
      boolean isDoneOnce(Lossy node) {
        StatefulSessions here = StatefulSessions.over(node.store, SessionPolicy.defaults());
        StatefulSessions there = StatefulSessions.over(node.witness, SessionPolicy.defaults());
        Grant old = here.open(someone(), Map.of()).grantOrThrow();
        node.lose.accept(old.session().key());
        return here.rotate(old.session()) instanceof SaveResult.Saved saved
            && isAccepted(there, saved.renewal().orElseThrow().credential())
            && !isAccepted(there, old.credential());
      }
    },
    DELETE {
      @Override
      boolean isDoneOnce(Lossy node) {
        Session session = node.created(someone());
        node.lose.accept(session.key());
        node.store.delete(session.key()); // whether it was there is told at best effort
        return node.witness.find(session.key()).isEmpty();
      }
    },
    ADMIT {
      @Override
      boolean isDoneOnce(Lossy node) {
        String subject = someone();
        Session first = Samples.of(subject);
        Session second = Samples.of(subject);
        node.lose.accept(first.key());
        Admission one = node.admitOneOnly(first);
        node.lose.accept(second.key());
        Admission other = node.admitOneOnly(second);
        return one instanceof Admission.Admitted
            && other instanceof Admission.Admitted
            && node.index().findAll(subject).equals(List.of(second));
      }
    },
    DELETE_ALL {
      @Override
      boolean isDoneOnce(Lossy node) {
        String subject = someone();
        Session one = node.created(subject);
        Session other = node.created(subject);
        node.lose.accept(one.key());
        node.index().deleteAll(subject);
        return node.index().findAll(subject).isEmpty()
            && node.witness.find(one.key()).isEmpty()
            && node.witness.find(other.key()).isEmpty();
      }
    },
    REFUSE_BELOW {
      @Override
      boolean isDoneOnce(Lossy node) {
        Session session = Samples.of(someone());
        Instant until = now().plusSeconds(3_600);
        node.lose.accept(session.key());
        return node.list.refuseBelow(session.key(), 7, until) == Acknowledgement.RAISED
            && node.list.refuseBelow(session.key(), 7, until) == Acknowledgement.ALREADY
            && node.listWitness.isRefused(session);
      }
    };

    abstract boolean isDoneOnce(Lossy node);
  }

  /** The same without a fault. */
  Lossy harmless() {
    return new Lossy(store, list, witness, listWitness, key -> {}, connections);
  }

  private Session created(String subject) {
    Session session = Samples.of(subject);
    if (!store.create(session)) {
      throw new AssertionError("a key was drawn twice");
    }
    return session;
  }

  private boolean finds(Session session) {
    return witness.find(session.key()).equals(Optional.of(session));
  }

  private SubjectIndex index() {
    return store.subjects().orElseThrow();
  }

  private Admission admitOneOnly(Session session) {
    return index().admit(session, 1, Overflow.END_OLDEST, Optional.empty());
  }

  private static boolean isAccepted(StatefulSessions node, Credential credential) {
    return node.validate(credential).accepted().isPresent();
  }

  private static String someone() {
    return UUID.randomUUID().toString();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
