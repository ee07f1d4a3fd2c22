package dev.statewise.objectstorage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.statewise.objectstorage.S3Api.Body;
import dev.statewise.objectstorage.S3Api.Written;
import dev.statewise.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a server keeps the conditions of a write when nobody else writes: one object below the
 * prefix is written, and written again in the ways that must be refused.
 *
 * <p>A server that passes may still check first and write then: only a race tells.
 *
 * @param broken what was not kept, in the order that it was tried; empty if all was
 */
record Trial(String endpoint, List<Condition> broken) {

  /** What a write may be asked for, and what it means if nobody heeds it. */
  enum Condition {
    IF_MATCH_WHERE_NOTHING_IS(
        "A PUT with If-Match where no object is was done, so a save in flight during a logout brings the session back"),
    IF_NONE_MATCH(
        "A PUT with If-None-Match: * was done over an object, so whoever knows a key puts a session of their own in its place"),
    IF_MATCH(
        "A PUT with an If-Match that names another object was done, so of two saves at once one is lost");

    private final String seen;

    Condition(String seen) {
      this.seen = seen;
    }

    String seen() {
      return seen;
    }
  }

  private static final String NO_SUCH_TAG = "\"00000000000000000000000000000000\"";
  private static final Body BODY = Body.of("written to try this bucket".getBytes(US_ASCII));

  Trial {
    broken = List.copyOf(broken);
  }

  static Trial of(S3Api api, ObjectNames names, Duration deadline) {
    Call call = api.begin("TRY", deadline);
    String name = names.ofTrial();
    List<Condition> broken;
    try {
      broken = broken(api, call, name);
    } catch (StoreUnavailableException e) {
      throw deleted(api, call, name, e);
    }
    api.delete(call, name);
    return new Trial(api.endpoint(), broken);
  }

  private static List<Condition> broken(S3Api api, Call call, String name) {
    List<Condition> broken = new ArrayList<>();
    api.begin(call, name, 1); // without the right to list, S3 does not say that nothing is there
    if (api.putOver(call, name, NO_SUCH_TAG, BODY) == Written.DONE) {
      broken.add(Condition.IF_MATCH_WHERE_NOTHING_IS);
    }
    api.putNew(call, name, BODY);
    if (api.putNew(call, name, BODY) == Written.DONE) {
      broken.add(Condition.IF_NONE_MATCH);
    }
    if (api.putOver(call, name, NO_SUCH_TAG, BODY) == Written.DONE) {
      broken.add(Condition.IF_MATCH);
    }
    return broken;
  }

  /** Cleans up as far as that can be done: what was seen first is what there is to tell. */
  private static StoreUnavailableException deleted(
      S3Api api, Call call, String name, StoreUnavailableException first) {
    try {
      api.delete(call, name);
    } catch (StoreUnavailableException again) {
      first.addSuppressed(again);
    }
    return first;
  }

  void require() {
    if (!broken.isEmpty()) {
      Condition first = broken.get(0);
      throw new UnfitBucketException(
          "%s is no place for sessions. %s. Use a server with conditional writes, such as Amazon S3, or ask your provider for them."
              .formatted(endpoint, first.seen));
    }
  }
}
