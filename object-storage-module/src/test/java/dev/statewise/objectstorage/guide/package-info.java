/** The code of the guide "Sessions in object storage", as a user writes it: in another package. */
@NullMarked
package dev.statewise.objectstorage.guide;

import org.jspecify.annotations.NullMarked;
