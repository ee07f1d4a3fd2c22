package dev.statewise.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statewise.session.Credential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Credentials that no server of ours issued, and that their form gives away. */
final class Junk {

  private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/=]*)\"");

  private Junk() {}

  static List<@Nullable Credential> plain() {
    return new ArrayList<>(
        Arrays.asList(
            null,
            Credential.of(null),
            Credential.of(""),
            Credential.of(" "),
            Credential.of("."),
            Credential.of("x".repeat(1_000_000)),
            Credential.of(".".repeat(1_000_000)),
            Credential.of("A".repeat(15) + "." + "A".repeat(23)),
            Credential.of("A".repeat(15) + "." + "A".repeat(25)),
            Credential.of("A".repeat(16) + "." + "A".repeat(23)),
            Credential.of("A".repeat(15) + ":" + "A".repeat(24)),
            Credential.of("A".repeat(14) + "*." + "A".repeat(24)),
            Credential.of("A".repeat(15) + "." + "A".repeat(23) + "="),
            Credential.of("A".repeat(15) + "." + "A".repeat(23) + "\uD800"),
            Credential.of("\u0000".repeat(40)),
            Credential.of("{AA}:s:AAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA"),
            Credential.of("\r\nFLUSHALL\r\n")));
  }

  /** The Big List of Naughty Strings; skips the test where it does not lie. */
  static List<Credential> naughtyStrings() {
    Path file =
        Path.of(System.getProperty("statewise.vectors", "vectors"), "blns", "blns.base64.json");
    assumeTrue(Files.isReadable(file), "statewise.vectors has no blns/blns.base64.json");
    try {
      return BASE64
          .matcher(Files.readString(file))
          .results()
          .map((MatchResult text) -> Base64.getDecoder().decode(text.group(1)))
          .map(bytes -> Credential.of(new String(bytes, StandardCharsets.UTF_8)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
