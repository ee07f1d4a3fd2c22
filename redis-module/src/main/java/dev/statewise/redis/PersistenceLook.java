package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server knows after a restart. */
final class PersistenceLook {

  private PersistenceLook() {}

  static void at(Patient server) {
    OptionalLong appends = server.info().number("aof_enabled");
    if (appends.isEmpty()) {
      server.note(Code.PERSISTENCE_UNSEEN, "INFO does not tell aof_enabled, or may not be asked.");
      return;
    }
    Optional<String> save = server.setting("save");
    failing(server, appends.getAsLong() == 1, save.filter(String::isEmpty).isEmpty());
    if (appends.getAsLong() == 1) {
      fsync(server);
    } else if (save.isPresent() && save.get().isEmpty()) {
      server.note(Code.NOT_PERSISTED, "appendonly is no and save is empty.");
    } else {
      server.note(
          Code.SNAPSHOTS_ONLY,
          "appendonly is no, and %s."
              .formatted(
                  save.isPresent()
                      ? "snapshots are taken"
                      : "whether snapshots are taken is not told"));
    }
  }

  private static void failing(Patient server, boolean appends, boolean saves) {
    String failing =
        Stream.concat(
                appends
                    ? Stream.of("aof_last_write_status", "aof_last_bgrewrite_status")
                    : Stream.empty(),
                saves ? Stream.of("rdb_last_bgsave_status") : Stream.empty())
            .filter(field -> server.info().text(field).filter("err"::equals).isPresent())
            .collect(Collectors.joining(", "));
    if (!failing.isEmpty()) {
      server.note(Code.PERSISTENCE_FAILS, "The server tells err for %s.".formatted(failing));
    }
  }

  private static void fsync(Patient server) {
    switch (server.setting("appendfsync").orElse("")) {
      case "always" -> {}
      case "everysec" ->
          server.note(Code.FSYNC_EVERY_SECOND, "appendonly is yes, appendfsync is everysec.");
      case "no" -> server.note(Code.FSYNC_LEFT_TO_SYSTEM, "appendonly is yes, appendfsync is no.");
      default ->
          server.note(
              Code.PERSISTENCE_UNSEEN, "appendonly is yes; CONFIG does not tell appendfsync.");
    }
  }
}
