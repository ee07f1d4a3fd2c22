package dev.statewise.jwt.chaos;

import dev.statewise.SessionPolicy;
import dev.statewise.jwt.KeyRing;
import dev.statewise.jwt.SigningKey;
import java.time.Duration;
import java.time.Instant;

/** In what order a rotation is made: ours, and two that lose tokens. */
enum Way {
  /** A key verifies everywhere before it signs anywhere, and until its longest token has ended. */
  STEP_BY_STEP {
    @Override
    KeyRing ring(Step step, SigningKey old, SigningKey next, Instant now) {
      return switch (step) {
        case OLD -> KeyRing.of(old);
        case OLD_AND_NEXT -> KeyRing.of(old).withNext(next);
        case NEXT_AND_RETIRING -> KeyRing.of(old).withNext(next).rotated(now, ROLLOUT, POLICY);
        case NEXT -> KeyRing.of(next);
      };
    }
  },
  /** A node signs with a key that others do not have yet. */
  SIGN_FIRST {
    @Override
    KeyRing ring(Step step, SigningKey old, SigningKey next, Instant now) {
      return STEP_BY_STEP.ring(
          step == Step.OLD_AND_NEXT ? Step.NEXT_AND_RETIRING : step, old, next, now);
    }
  },
  /** A key is dropped when it signs no more, and its tokens still live. */
  DROP_EARLY {
    @Override
    KeyRing ring(Step step, SigningKey old, SigningKey next, Instant now) {
      return STEP_BY_STEP.ring(step == Step.NEXT_AND_RETIRING ? Step.NEXT : step, old, next, now);
    }
  };

  static final SessionPolicy POLICY = SessionPolicy.defaults();
  static final Duration ROLLOUT = Duration.ofMinutes(10);

  abstract KeyRing ring(Step step, SigningKey old, SigningKey next, Instant now);
}
