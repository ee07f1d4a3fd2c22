/** Sessions in a relational database, over a {@code javax.sql.DataSource}. */
@NullMarked
package dev.statewise.jdbc;

import org.jspecify.annotations.NullMarked;
