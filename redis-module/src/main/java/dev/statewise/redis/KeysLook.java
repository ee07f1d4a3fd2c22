package dev.statewise.redis;

import dev.statewise.redis.Finding.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.resps.ScanResult;

/**
 * Whether every key under the prefix has an end. A page at a time and each key's time to live with
 * it, until all were seen or the bound of keys or time is reached.
 */
final class KeysLook {

  private static final Pattern OURS =
      Pattern.compile(
          "\\{all}(:generation|:refusals)?|\\{[A-Za-z0-9_-]{1,8}}:[a-z]:[A-Za-z0-9_-]{1,64}");
  private static final int PAGE = 1_000;
  private static final long WITHOUT_END = -1;
  private static final int EXAMPLES = 3;
  private static final String END = "0";

  private final Patient server;
  private final String pattern;
  private final List<String> examples = new ArrayList<>();
  private long seen;
  private long endless;
  private boolean refused;

  private KeysLook(Patient server) {
    this.server = server;
    pattern = literally(server.visit().scope().keyPrefix()) + "*";
  }

  static void at(Patient server) {
    new KeysLook(server).look();
  }

  private void look() {
    String cursor = END;
    long walked = 0;
    boolean cut;
    do {
      cut = walked >= server.visit().scope().mostKeys() || !server.visit().isTimeLeft();
      if (cut) {
        break;
      }
      Optional<ScanResult<byte[]>> page =
          server
              .ask(Command.SCAN, cursor, "MATCH", pattern, "COUNT", PAGE)
              .map(BuilderFactory.SCAN_BINARY_RESPONSE::build);
      if (page.isEmpty()) {
        refused = true;
        break;
      }
      timesToLive(page.get().getResult());
      walked += PAGE;
      cursor = page.get().getCursor();
    } while (!cursor.equals(END));
    tell(cut);
  }

  private void timesToLive(List<byte[]> keys) {
    List<CommandArguments> questions = new ArrayList<>();
    keys.forEach(key -> questions.add(Node.question(Command.PTTL, key)));
    List<Object> answers = questions.isEmpty() ? List.of() : server.askAll(questions);
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Long left) {
        seen++;
        count(keys.get(i), left);
      } else {
        refused = true;
      }
    }
  }

  private void count(byte[] key, long left) {
    if (left != WITHOUT_END) {
      return;
    }
    endless++;
    Optional<String> ours = ours(key, server.visit().scope().keyPrefix());
    if (ours.isPresent() && examples.size() < EXAMPLES) {
      examples.add(ours.get());
    }
  }

  private void tell(boolean cut) {
    if (endless > 0) {
      server.note(
          Code.KEYS_WITHOUT_TTL,
          "%d of %d keys under the prefix have no time to live%s."
              .formatted(
                  endless, seen, examples.isEmpty() ? "" : ", as " + String.join(", ", examples)));
    }
    if (refused) {
      server.note(Code.KEYS_UNSEEN, "SCAN or PTTL is refused.");
    }
    if (cut) {
      server.note(
          Code.KEYS_PARTLY_SEEN,
          "The walk through the keys was cut short; %d under the prefix were seen."
              .formatted(seen));
    }
  }

  /** Whether a key has the form of ours, so that its name may be told: it holds no secret. */
  private static Optional<String> ours(byte[] key, String prefix) {
    String text = new String(key, StandardCharsets.UTF_8);
    return text.startsWith(prefix) && OURS.matcher(text.substring(prefix.length())).matches()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A pattern that matches just this. */
  private static String literally(String prefix) {
    return prefix.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1");
  }
}
