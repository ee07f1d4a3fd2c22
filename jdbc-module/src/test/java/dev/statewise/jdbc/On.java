package dev.statewise.jdbc;

import java.util.concurrent.atomic.AtomicInteger;

/** The databases that a test of all of them goes through. */
enum On {
  H2 {
    @Override
    TestDatabase open() {
      return TestDatabase.h2("on-" + COUNT.incrementAndGet());
    }
  },
  POSTGRESQL {
    @Override
    TestDatabase open() {
      return TestDatabase.at(Servers.postgres().jdbcUrl());
    }
  },
  MARIADB {
    @Override
    TestDatabase open() {
      return TestDatabase.at(Servers.mariaDb().jdbcUrl());
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** With a pool of its own; the test is skipped with its reason where there is none. */
  abstract TestDatabase open();

  /** That no other test uses. */
  static String newNamespace() {
    return "t" + COUNT.incrementAndGet();
  }
}
