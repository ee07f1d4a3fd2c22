package dev.statewise.objectstorage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

/** What a bucket deletes by itself. */
final class Lifecycle {

  private Lifecycle() {}

  /** The days after which a rule may expire a session that is seen at least so often. */
  static long leastDays(Duration longestIdle) {
    long days = longestIdle.plus(ObjectSweeper.MARGIN).plusDays(1).minusNanos(1).toDays();
    return days + 1;
  }

  /** Whether a rule deletes objects that lie below the prefix, or some of them, after some days. */
  static boolean expires(LifecycleRule rule, String prefix) {
    return deletes(rule, prefix) && rule.expiration().days() != null;
  }

  /** Whether one deletes them, however young, from a date on. */
  static boolean expiresAtADate(LifecycleRule rule, String prefix) {
    return deletes(rule, prefix) && rule.expiration().date() != null;
  }

  private static boolean deletes(LifecycleRule rule, String prefix) {
    String covered = prefix(rule);
    return rule.status() == ExpirationStatus.ENABLED
        && rule.expiration() != null
        && (prefix.startsWith(covered) || covered.startsWith(prefix));
  }

  @SuppressWarnings("deprecation") // older rules have no filter
  private static String prefix(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    if (filter == null) {
      return orEmpty(rule.prefix());
    }
    return filter.and() == null ? orEmpty(filter.prefix()) : orEmpty(filter.and().prefix());
  }

  private static String orEmpty(@Nullable String prefix) {
    return prefix == null ? "" : prefix;
  }
}
