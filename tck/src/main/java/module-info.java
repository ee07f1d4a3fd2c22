/** Statewise TCK: the contract tests for stores, token services and revocation lists. */
module dev.statewise.tck {
  requires static org.jspecify;
  requires transitive dev.statewise.core;
  requires transitive org.junit.jupiter.api;

  exports dev.statewise.tck;

  // JUnit calls the rules, which are nobody else's business, by reflection.
  opens dev.statewise.tck;
}
