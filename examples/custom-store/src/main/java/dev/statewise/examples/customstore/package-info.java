/** A store of one's own: sessions in plain files. */
@NullMarked
package dev.statewise.examples.customstore;

import org.jspecify.annotations.NullMarked;
