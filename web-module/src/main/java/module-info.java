/** Statewise in HTTP: which headers a session comes in, and which it goes out in. */
module dev.statewise.web {
  requires static org.jspecify;
  requires transitive dev.statewise.core;

  exports dev.statewise.web;
}
