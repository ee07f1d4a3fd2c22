package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import java.util.Optional;

/** Whether memory is bounded, and what becomes of keys when it is full. */
final class MemoryLook {

  private static final double NEARLY = 0.9;

  private MemoryLook() {}

  static void at(Patient server) {
    Optional<String> policy = server.info().text("maxmemory_policy");
    long most = server.info().number("maxmemory").orElse(0);
    if (policy.isEmpty()) {
      server.note(
          Code.EVICTION_UNSEEN, "INFO does not tell maxmemory_policy, or may not be asked.");
    } else if (!policy.get().equals(EvictionCheck.KEEPS_ALL)) {
      server.note(
          Code.EVICTS,
          "maxmemory-policy is %s and maxmemory %s."
              .formatted(policy.get(), most == 0 ? "0, so that it begins when that is set" : most));
    } else {
      room(server, most);
    }
  }

  private static void room(Patient server, long most) {
    long used = server.info().number("used_memory").orElse(0);
    if (most == 0) {
      server.note(Code.NO_MAXMEMORY, "maxmemory is 0; %d bytes are used.".formatted(used));
    } else if (used >= NEARLY * most) {
      server.note(
          used >= most ? Code.FULL : Code.NEARLY_FULL,
          "%d bytes are used, and maxmemory is %d.".formatted(used, most));
    }
  }
}
