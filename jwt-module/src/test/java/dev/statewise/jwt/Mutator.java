package dev.statewise.jwt;

import static dev.statewise.jwt.Forge.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Payloads, headers and tokens that are nearly ours: of the right structure, spelt in every way
 * that JSON and base64 allow and in many that they do not. The same seed makes the same ones.
 */
final class Mutator {

  private static final byte[] JSON = utf8("{}[]\",:\\0123456789eE+-.nultrfasive \t\n\u00e9\u0000");
  private static final String[] NUMBERS = {
    "-0",
    "0",
    "-1",
    "00",
    "01",
    "1.0",
    "1e3",
    "1E+2",
    "+1",
    "0x1",
    "NaN",
    "1_0",
    ".5",
    "5.",
    "--1",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551617",
    "99999999999999999999999",
    "253402300799",
    "253402300800",
    "253402300799999",
    "253402300800000",
    "3153600000",
    "3153600001",
    "\"1\"",
    "null",
    "true",
    "[1]",
    "{}",
    "{\"a\":\"b\"}",
    "\"\"",
    ""
  };
  private static final String[] PIECES = {
    "",
    "a",
    "cart",
    "42",
    "user-12345",
    "\u0000",
    "\u0001",
    "\u001f",
    " ",
    "\t",
    "\n",
    "\"",
    "\\",
    "/",
    "\u007f",
    "\u0080",
    "\u00e9",
    "\u07ff",
    "\u0800",
    "\u20ac",
    "\ufeff",
    "\uffff",
    "\ud83d\ude00",
    "\udbff\udfff",
    "\ud800",
    "\udc00",
    "\\u0041",
    "{",
    "}",
    ":",
    ",",
    "sid",
    "\b\f\r"
  };
  private static final String[] STRINGS = {
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\uD83D\\uDE00\"",
    "\"\\ud83d\"",
    "\"\\ud83dx\"",
    "\"\\ud83d\\n\"",
    "\"\\u0000\"",
    "\"\\u00\"",
    "\"\\u00g0\"",
    "\"\\x41\"",
    "\"\\'\"",
    "\"\\/\"",
    "\"\\",
    "\"a",
    "'a'",
    "a",
    "\"\\U0041\"",
    "\"\\u 041\"",
    "\"\\u+041\"",
    "\"\u0001\"",
    "1"
  };
  private static final String[] SUFFIXES = {
    ",", " ,", "x", "}", "{}", ":1", "\u0000", "0", ",\"\u0000\u0000\u0000\":"
  };
  private static final String[] BEHIND = {
    " ", "\n", "\t\r\n ", "\u0000", "\u0000 ", "\u0000x\n", "x", "{}", "\ufeff"
  };
  private static final byte[][] BROKEN = {
    {(byte) 0x80},
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xC1, (byte) 0xBF},
    {(byte) 0xC3},
    {(byte) 0xE0, (byte) 0x9F, (byte) 0xBF},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xE2, (byte) 0x82},
    {(byte) 0xF0, (byte) 0x8F, (byte) 0xBF, (byte) 0xBF},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xF5},
    {(byte) 0xFF},
    {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
    {(byte) 0xE2, (byte) 0x28, (byte) 0xA1},
    {(byte) 0xF4, (byte) 0x8F, (byte) 0xBF, (byte) 0xBF}
  };

  private final Random random;

  Mutator(long seed) {
    this.random = new Random(seed);
  }

  /**
   * About a third of these are claims of ours in some spelling; the rest has a thing or two wrong.
   */
  byte[] payload() {
    List<String> members = members();
    for (int spoils = random.nextInt(4) - 1; spoils > 0; spoils--) {
      spoil(members);
    }
    byte[] payload = utf8(joined(members));
    return random.nextInt(4) == 0 ? mangled(payload) : payload;
  }

  /** A header that is nearly ours, in base64url. */
  String header(SigningKey key) {
    String header = Forge.header(key);
    String changed =
        switch (random.nextInt(8)) {
          case 0 -> header.replace("session+jwt", any("JWT", "at+jwt", "", "SESSION+JWT"));
          case 1 -> header.replace("k1", any("k2", "", "K1", "\\u006b1", "../k1"));
          case 2 -> header.replace(key.algorithm().alg(), any("none", "HS512", "RS256", "hs256"));
          case 3 ->
              header.replace("}", ",\"" + any("crit\":[]}", "b64\":false}", "zip\":\"DEF\"}"));
          case 4 -> header.replace(":", any(" :", ": ", "::", ":\t"));
          case 5 -> " " + header;
          default -> new String(mangled(utf8(header)), StandardCharsets.ISO_8859_1);
        };
    return Base64Url.encode(changed.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A token with some of its characters changed, or its parts put together otherwise. */
  String token(String token) {
    int dot = token.lastIndexOf('.');
    return switch (random.nextInt(8)) {
      case 0 -> token.substring(0, dot + 1) + token(token.substring(dot + 1), 1);
      case 1 -> token.substring(0, token.length() - 1) + alphabet();
      case 2 -> token + any("=", "==", "A", ".", "!", " ", "\u0000", "\u00e9", "\u2024");
      case 3 -> token.substring(0, random.nextInt(token.length()));
      case 4 -> token.replaceFirst("\\.", any("", "..", ".A", "=."));
      case 5 -> flipped(token);
      case 6 -> token.substring(0, dot) + token.substring(dot).replace('-', '+').replace('_', '/');
      default -> token(token, 1 + random.nextInt(3));
    };
  }

  /** One to three small changes, of bytes. */
  byte[] mangled(byte[] text) {
    byte[] mangled = text;
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      mangled = changed(mangled, random.nextInt(mangled.length));
    }
    return mangled;
  }

  private String token(String token, int changes) {
    byte[] text = token.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < changes && text.length > 0; i++) {
      text[random.nextInt(text.length)] = (byte) alphabet();
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private String flipped(String token) {
    byte[] text = token.getBytes(StandardCharsets.ISO_8859_1);
    text[random.nextInt(text.length)] ^= (byte) (1 << random.nextInt(8));
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private List<String> members() {
    long createdAt = random.nextInt(3) == 0 ? 1_795_347_000_450L : random.nextInt(2_000_000_000);
    long lastSeen = createdAt / 1000 + random.nextInt(100);
    long idle = 1L + random.nextInt(random.nextBoolean() ? 10 : 100_000);
    long lifetime = 1L + random.nextInt(1_000_000_000);
    long expiry = Math.min(lastSeen + idle, (createdAt + lifetime) / 1000);
    List<String> members = new ArrayList<>();
    members.add(member("iss", string(Forge.ISSUER)));
    members.add(member("aud", string(Forge.AUDIENCE)));
    members.add(member("sid", string("abcDEF012345-_9")));
    members.add(member("ver", "" + (random.nextBoolean() ? 1 : random.nextLong() >>> 1)));
    if (random.nextInt(4) > 0) {
      members.add(member("sub", string(text())));
    }
    members.add(member("cat", "" + createdAt));
    members.add(member("iat", "" + lastSeen));
    members.add(member("idl", "" + idle));
    members.add(member("max", "" + lifetime));
    members.add(member("exp", "" + expiry));
    if (random.nextInt(4) > 0) {
      members.add(member("att", attributes()));
    }
    if (random.nextInt(3) == 0) {
      Collections.shuffle(members, random);
    }
    return members;
  }

  private void spoil(List<String> members) {
    int at = random.nextInt(members.size());
    String member = members.get(at);
    String name = member.substring(0, member.indexOf(':') + 1);
    switch (random.nextInt(12)) {
      case 0 -> members.remove(at);
      case 1 -> members.add(random.nextInt(members.size()), member);
      case 2 -> members.add(member(any("nbf", "jti", "", "issx", "is", "ISS", "i\u6973s"), "1"));
      case 3 -> members.set(at, name.replace('a', 'b') + member.substring(name.length()));
      case 4 -> members.set(at, member + any(SUFFIXES));
      case 5 -> members.set(at, any(",", "", "\"", "{") + member);
      case 6 -> members.set(at, name + any(STRINGS));
      case 7 -> members.set(at, member.replace(':', ' '));
      case 8 -> members.set(at, member.replace('"', '\''));
      case 9 -> members.set(at, name + "{\"a\":" + any(STRINGS) + "}");
      default -> members.set(at, name + any(NUMBERS));
    }
    if (members.isEmpty()) {
      members.add("");
    }
  }

  private String joined(List<String> members) {
    String json = "{" + String.join(space() + "," + space(), members) + "}";
    return switch (random.nextInt(24)) {
      case 0 -> json + any(BEHIND);
      case 1 -> any(" ", "\n", "\ufeff", "[", "x", "\u0000") + json;
      case 2 -> json.substring(0, json.length() - 1 - random.nextInt(3));
      case 3 -> json + json;
      default -> json;
    };
  }

  private String attributes() {
    int count = random.nextInt(12) == 0 ? 15 + random.nextInt(60) : random.nextInt(5);
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = random.nextInt(4) == 0 ? text() : text() + i;
      attributes.add(member(name, string(text())));
    }
    return "{" + space() + String.join(space() + ",", attributes) + space() + "}";
  }

  private String member(String name, String value) {
    return string(name) + space() + ":" + space() + value;
  }

  /** Mostly what may be in a session. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String piece = any(PIECES);
      text.append(
          random.nextInt(10) > 0 && (piece.equals("\u0000") || isLone(piece)) ? "x" : piece);
    }
    return text.toString();
  }

  private static boolean isLone(String piece) {
    return piece.length() == 1 && Character.isSurrogate(piece.charAt(0));
  }

  /** A JSON string with some of its characters escaped, those that must be and others. */
  private String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    boolean often = random.nextInt(6) == 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int named = "\"\\/\b\f\n\r\t".indexOf(c);
      boolean must = c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && often);
      if (named >= 0 && (must || often) && random.nextBoolean()) {
        json.append('\\').append("\"\\/bfnrt".charAt(named));
      } else if (must || isLone(text) || (often && random.nextInt(3) == 0)) {
        json.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private String space() {
    return random.nextInt(20) == 0 ? any(" ", "\n", "\t ", "\r\n", "  ", "\u000b", "\u00a0") : "";
  }

  private byte[] changed(byte[] text, int at) {
    byte any = random.nextBoolean() ? JSON[random.nextInt(JSON.length)] : (byte) random.nextInt();
    int to = Math.min(text.length, at + 1 + random.nextInt(8));
    return switch (random.nextInt(5)) {
      case 0 -> spliced(text, at, new byte[] {any}, at + 1);
      case 1 -> spliced(text, at, new byte[] {any}, at);
      case 2 -> spliced(text, at, new byte[0], to);
      case 3 -> spliced(text, at, BROKEN[random.nextInt(BROKEN.length)], at);
      default -> spliced(text, at, Arrays.copyOfRange(text, at, to), at);
    };
  }

  private static byte[] spliced(byte[] text, int at, byte[] middle, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(text, 0, at);
    out.writeBytes(middle);
    out.write(text, from, text.length - from);
    return out.size() == 0 ? text : out.toByteArray();
  }

  private char alphabet() {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .charAt(random.nextInt(64));
  }

  private String any(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
