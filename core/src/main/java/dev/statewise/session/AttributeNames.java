package dev.statewise.session;

import java.util.Arrays;
import java.util.Set;

/**
 * The names of a session's attributes, in order. Most sessions of an application have the same
 * ones, so a few that were seen last are kept, to be shared; a place that two sets contend for
 * costs them only the sharing. Immutable.
 */
final class AttributeNames {

  private static final int PLACES = 64;

  /** More than this is not kept for others. */
  private static final int MOST_CHARACTERS = 512;

  // Written and read in a race on purpose: whichever is found is whole, for its fields are final.
  private static final AttributeNames[] RECENT = new AttributeNames[PLACES];

  private final String[] sorted;

  private AttributeNames(String[] sorted) {
    this.sorted = sorted;
  }

  static AttributeNames of(Set<String> names) {
    String[] sorted = names.toArray(String[]::new);
    Arrays.sort(sorted);
    int place = Math.floorMod(Arrays.hashCode(sorted), PLACES);
    AttributeNames recent = RECENT[place];
    if (recent != null && Arrays.equals(recent.sorted, sorted)) {
      return recent;
    }
    AttributeNames own = new AttributeNames(sorted);
    if (own.characters() <= MOST_CHARACTERS) {
      RECENT[place] = own;
    }
    return own;
  }

  int size() {
    return sorted.length;
  }

  String at(int index) {
    return sorted[index];
  }

  /** The place of a name; negative if it is none of them. */
  int indexOf(String name) {
    return Arrays.binarySearch(sorted, name);
  }

  private int characters() {
    return Arrays.stream(sorted).mapToInt(String::length).sum();
  }
}
