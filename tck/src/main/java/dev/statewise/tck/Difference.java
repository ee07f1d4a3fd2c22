package dev.statewise.tck;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statewise.session.Session;

/** Compares sessions part by part, so that a failure names the part that differs. */
final class Difference {

  private Difference() {}

  static void assertSame(Session expected, Session actual, String message) {
    assertAll(
        message,
        () -> assertEquals(expected.key(), actual.key(), "key"),
        () -> assertEquals(expected.subject(), actual.subject(), "subject"),
        () -> assertEquals(expected.secretHash(), actual.secretHash(), "secretHash"),
        () -> assertEquals(expected.version(), actual.version(), "version"),
        () -> assertEquals(expected.createdAt(), actual.createdAt(), "createdAt"),
        () -> assertEquals(expected.lastSeen(), actual.lastSeen(), "lastSeen"),
        () -> assertEquals(expected.idleTimeout(), actual.idleTimeout(), "idleTimeout"),
        () -> assertEquals(expected.absoluteEnd(), actual.absoluteEnd(), "absoluteEnd"),
        () -> assertEquals(expected.attributes(), actual.attributes(), "attributes"));
  }
}
