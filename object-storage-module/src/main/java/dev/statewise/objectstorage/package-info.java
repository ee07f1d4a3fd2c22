/**
 * Sessions in object storage: {@link dev.statewise.objectstorage.ObjectSessionStore} over the S3
 * API, and what sweeps and examines a bucket.
 */
@NullMarked
package dev.statewise.objectstorage;

import org.jspecify.annotations.NullMarked;
