/** Statewise on a relational database: a session store over a {@code javax.sql.DataSource}. */
module dev.statewise.jdbc {
  requires static org.jspecify;
  requires transitive dev.statewise.core;
  requires transitive java.sql;
  requires org.slf4j;

  exports dev.statewise.jdbc;
}
