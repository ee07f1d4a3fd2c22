package dev.statewise.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * What {@code follow.lua} answers.
 *
 * @param run which process answered
 * @param since since when its data has lost no refusal, in milliseconds
 * @param last the id of the log's last entry at that moment
 * @param entries those after the one that was asked for, the oldest first; perhaps not all
 */
record LogPage(String run, long since, String last, List<Entry> entries) {

  /** Before every entry. */
  static final String START = "0-0";

  private static final byte[] MOST_ENTRIES = Generation.text(1_000);

  /**
   * One refusal.
   *
   * @param before the id of the entry before it, which may be trimmed by now
   * @param until in milliseconds
   */
  record Entry(String id, String before, String name, long floor, long until) {

    private static Entry of(List<?> told) {
      List<?> fields = (List<?>) told.get(1);
      return new Entry(
          text(told.get(0)),
          text(field(fields, "p")),
          text(field(fields, "n")),
          ByteBuffer.wrap(bytes(field(fields, "f"))).getLong(),
          number(field(fields, "u")));
    }

    private static @Nullable Object field(List<?> fields, String name) {
      for (int i = 0; i + 1 < fields.size(); i += 2) {
        if (text(fields.get(i)).equals(name)) {
          return fields.get(i + 1);
        }
      }
      return null;
    }
  }

  LogPage {
    entries = List.copyOf(entries);
  }

  /**
   * Reads what comes after {@code cursor}: one script.
   *
   * @throws IllegalArgumentException if it is of a format that this version does not know
   */
  static LogPage after(
      String cursor,
      Function<CommandArguments, Object> sender,
      ListSettings settings,
      Generation generation) {
    List<byte[]> keys = List.of(settings.keys().generation(), settings.keys().log());
    List<byte[]> arguments =
        generation.arguments(true, cursor.getBytes(StandardCharsets.US_ASCII), MOST_ENTRIES);
    return of(Script.FOLLOW.run(sender, keys, arguments, arguments));
  }

  private static LogPage of(Object told) {
    List<?> parts = (List<?>) told;
    List<Entry> entries = new ArrayList<>();
    for (Object entry : (List<?>) parts.get(3)) {
      entries.add(Entry.of((List<?>) entry));
    }
    return new LogPage(text(parts.get(0)), number(parts.get(1)), text(parts.get(2)), entries);
  }

  /** Whether nothing is missing between what was read up to {@code cursor} and this. */
  boolean follows(String cursor) {
    String before = entries.isEmpty() ? last : entries.get(0).before();
    return cursor.equals(START) || cursor.equals(before);
  }

  /** Up to where the log was read with this. */
  String cursor() {
    return entries.isEmpty() ? last : entries.get(entries.size() - 1).id();
  }

  boolean reachesTheEnd() {
    return cursor().equals(last);
  }

  private static long number(@Nullable Object told) {
    return Long.parseLong(text(told));
  }

  private static String text(@Nullable Object told) {
    return new String(bytes(told), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(@Nullable Object told) {
    if (told instanceof byte[] bytes) {
      return bytes;
    }
    throw new IllegalArgumentException("The log has an entry that this version cannot read.");
  }
}
