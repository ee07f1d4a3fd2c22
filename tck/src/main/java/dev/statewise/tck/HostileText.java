package dev.statewise.tck;

import static java.util.stream.Collectors.toUnmodifiableList;

import dev.statewise.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text that has broken something somewhere: quotes, braces, control characters, look-alikes, right
 * to left, beyond the basic plane.
 *
 * <p>With the system property {@code statewise.vectors} naming a folder that holds {@code
 * blns/blns.base64.json}, the Big List of Naughty Strings is added.
 */
final class HostileText {

  private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/=]*)\"");

  private static final List<String> OWN =
      List.of(
          " ",
          " leading and trailing ",
          "a:b",
          "a:b:",
          ":",
          "{",
          "}",
          "{}",
          "{alice}",
          "}{",
          "[a-z]*?",
          "*",
          "\\",
          "\\u0041",
          "\"",
          "'",
          "`",
          "' OR '1'='1",
          "'; DROP TABLE session; --",
          "%00",
          "%n%s%x",
          "${jndi:ldap://127.0.0.1/a}",
          "../../etc/passwd",
          "<script>alert(1)</script>",
          "]]>",
          "&lt;",
          "\r\nSET a b\r\n",
          "*3\r\n$3\r\nSET\r\n",
          "\n",
          "\r",
          "\t",
          "\u0001\u0002\u001f\u007f",
          "\u0085\u2028\u2029",
          "\u00a0\u200b\ufeff",
          "\ufffe\uffff",
          "\u202eesrever",
          "null",
          "undefined",
          "NaN",
          "-0",
          "1e309",
          "9223372036854775808",
          "true",
          "__proto__",
          "$where",
          "{\"sub\":\"root\"}",
          "a,b;c=d",
          "a.b.c",
          "\u00e9",
          "e\u0301",
          "\u00df",
          "SS",
          "\u0130\u0131",
          "\ufb03",
          "\u043e",
          "\u4f60\u597d",
          "\u05d0\u0645",
          "\ud83d\ude00",
          "\ud83d\udc69\u200d\ud83d\udc67",
          "\ud800\udc00\udbff\udfff",
          "a".repeat(1_000),
          "\u20ac".repeat(300));

  private HostileText() {}

  /** All of it that a session can carry: without the empty text, U+0000 and lone surrogates. */
  static List<String> carried() {
    return raw().stream().filter(HostileText::fitsASession).collect(toUnmodifiableList());
  }

  /** All of it, as a client may send it. */
  static List<String> raw() {
    return Stream.concat(
            OWN.stream(), Stream.concat(Stream.of("", "\0", "a\0b", "\ud800"), vectors().stream()))
        .distinct()
        .collect(toUnmodifiableList());
  }

  private static boolean fitsASession(String text) {
    if (text.isEmpty()) {
      return false;
    }
    Session any = Sample.session();
    try {
      return any.with(text, text).attributes().containsKey(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> vectors() {
    String folder = System.getProperty("statewise.vectors", "");
    Path file = Path.of(folder, "blns", "blns.base64.json");
    if (folder.isEmpty() || !Files.exists(file)) {
      return List.of();
    }
    try {
      return BASE64
          .matcher(Files.readString(file))
          .results()
          .map(match -> decoded(match.group(1)))
          .collect(toUnmodifiableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
