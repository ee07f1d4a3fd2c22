package dev.statewise.jwt;

import static dev.statewise.jwt.Refusal.require;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the bytes of a JSON text (RFC 8259) and takes nothing that is not exactly that: every
 * string is well-formed UTF-8 and, once unescaped, well-formed Unicode without U+0000; every number
 * is a whole one of 64 bits and not negative. Whatever else it meets is {@link Refusal#CLAIMS}.
 *
 * <p>A string is not made when it is met: {@link #from}, {@link #to} and {@link #isEscaped} say
 * where it lies.
 */
final class JsonScan {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEVEN_OF_EIGHT = 0x00FF_FFFF_FFFF_FFFFL;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long SPACES = 0x2020202020202020L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

  private static final int MOST_DIGITS = 19;

  private final byte[] json;
  private int at;
  private int from;
  private int to;
  private boolean escaped;
  private boolean allAscii = true;

  JsonScan(byte[] json) {
    this.json = json;
  }

  /** Where the last string begins, behind its quote. */
  int from() {
    return from;
  }

  /** Where the last string ends: at its closing quote. */
  int to() {
    return to;
  }

  /** Whether the last string has an escape in it. */
  boolean isEscaped() {
    return escaped;
  }

  /** A charset in which every string so far is what it is in UTF-8, and which is quick to read. */
  Charset charset() {
    return allAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
  }

  /** Skips {@code text} if the bytes that follow are exactly that. */
  boolean skip(byte[] text) {
    int end = at + text.length;
    if (end > json.length || !Arrays.equals(json, at, end, text, 0, text.length)) {
      return false;
    }
    at = end;
    return true;
  }

  /** Skips the first seven bytes of {@code text}, the first one lowest, if just they follow. */
  boolean skipSeven(long text) {
    boolean follows = at + 8 <= json.length && ((eight(at) ^ text) & SEVEN_OF_EIGHT) == 0;
    at += follows ? 7 : 0;
    return follows;
  }

  /** Skips {@code text}, eight bytes, the first one lowest, if they follow. */
  boolean skipEight(long text) {
    boolean follows = at + 8 <= json.length && eight(at) == text;
    at += follows ? 8 : 0;
    return follows;
  }

  /** The next byte that is no white space, which is read; 0 at the end, or for a zero. */
  byte token() {
    while (at < json.length) {
      byte next = json[at++];
      if (!isSpace(next)) {
        return next;
      }
    }
    return 0;
  }

  void token(char expected) throws RefusedException {
    require(token() == expected, Refusal.CLAIMS);
  }

  /** Nothing but white space may be left. */
  void end() throws RefusedException {
    // Not by token(), which answers 0 for a zero too.
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
    require(at == json.length, Refusal.CLAIMS);
  }

  /** Reads a string whose opening quote is next. */
  void string() throws RefusedException {
    token('"');
    restOfString();
  }

  /** Reads a string whose opening quote was read. */
  void restOfString() throws RefusedException {
    from = at;
    escaped = false;
    int i = skipPlain(at);
    while (json[i] != '"') {
      i = skipPlain(special(i));
    }
    to = i;
    at = i + 1;
  }

  /** Where the next byte is that is a quote, a backslash, a control or above ASCII. */
  private int skipPlain(int from) throws RefusedException {
    int i = from;
    for (; i + 8 <= json.length; i += 8) {
      long special = special(eight(i));
      if (special != 0) {
        return i + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (i < json.length && isPlain(json[i])) {
      i++;
    }
    require(i < json.length, Refusal.CLAIMS);
    return i;
  }

  /** Checks what is at {@code i} and is not plain; returns where it ends. */
  private int special(int i) throws RefusedException {
    byte special = json[i];
    if (special == '\\') {
      escaped = true;
      return escape(i + 1);
    }
    // A control is refused: its bits are none that a character above ASCII begins with.
    return longCharacter(i);
  }

  /** Reads a whole number that is not negative, without leading zeros. */
  long number() throws RefusedException {
    if (at < json.length && !isDigit(json[at])) {
      toFirstDigit();
    }
    int first = at;
    long value = digits();
    int length = at - first;
    // Of 19 digits, 9,223,372,036,854,775,807 is the largest, and what is larger turns negative.
    boolean fits = length > 0 && length <= MOST_DIGITS && value >= 0;
    require(fits && (length == 1 || json[first] != '0') && !goesOn(), Refusal.CLAIMS);
    return value;
  }

  /** The string that was read, as text. */
  String text() {
    return text(json, from, to, escaped, charset());
  }

  /**
   * A string that was read, as text.
   *
   * @param charset the one of {@link #charset} when it was read, or later
   */
  static String text(byte[] json, int from, int to, boolean escaped, Charset charset) {
    String raw = new String(json, from, to - from, charset);
    return escaped ? unescaped(raw) : raw;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Whether the number is one with a fraction or an exponent. */
  private boolean goesOn() {
    return at < json.length && (json[at] == '.' || json[at] == 'e' || json[at] == 'E');
  }

  /** Skips white space and, since JSON has a negative zero, the sign of that. */
  private void toFirstDigit() throws RefusedException {
    byte first = token();
    at -= first == '-' ? 0 : 1;
    require(first != '-' || (at < json.length && json[at] == '0'), Refusal.CLAIMS);
  }

  /** Reads digits, eight at a time; of more than 19 the value means nothing. */
  private long digits() {
    long value = 0;
    int digits = 8;
    while (digits == 8 && at + 8 <= json.length) {
      long eight = eight(at);
      digits = EightDigits.count(eight);
      value = EightDigits.append(value, eight, digits);
      at += digits;
    }
    while (at < json.length && isDigit(json[at])) {
      value = value * 10L + (json[at++] - '0');
    }
    return value;
  }

  private long eight(int at) {
    return (long) EIGHT.get(json, at);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * Marks what is not plain among eight bytes. The lowest mark is right; those above it may not be.
   */
  private static long special(long eight) {
    long quotes = (eight ^ QUOTES) - ONES;
    long backslashes = (eight ^ BACKSLASHES) - ONES;
    return ((eight - SPACES) | quotes | backslashes | eight) & HIGHEST_BITS;
  }

  /** Checks the escape whose letter is at {@code i}; returns where it ends. */
  private int escape(int i) throws RefusedException {
    require(i < json.length, Refusal.CLAIMS);
    return switch (json[i]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> i + 1;
      case 'u' -> {
        char unit = unit(i + 1);
        require(unit != 0 && !Character.isLowSurrogate(unit), Refusal.CLAIMS);
        yield Character.isHighSurrogate(unit) ? partner(i + 5) : i + 5;
      }
      default -> throw new RefusedException(Refusal.CLAIMS);
    };
  }

  /** Checks that the escape of a low surrogate is at {@code i}; returns where it ends. */
  private int partner(int i) throws RefusedException {
    boolean isEscape = i + 1 < json.length && json[i] == '\\' && json[i + 1] == 'u';
    require(isEscape && Character.isLowSurrogate(unit(i + 2)), Refusal.CLAIMS);
    return i + 6;
  }

  private char unit(int i) throws RefusedException {
    require(i + 4 <= json.length, Refusal.CLAIMS);
    int unit = 0;
    for (int k = i; k < i + 4; k++) {
      int digit = json[k] < 0 ? -1 : Character.digit((char) json[k], 16);
      require(digit >= 0, Refusal.CLAIMS);
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /** Checks a character above ASCII by table 3-7 of the Unicode Standard; returns where it ends. */
  private int longCharacter(int i) throws RefusedException {
    allAscii = false;
    int first = json[i] & 0xFF;
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    require(first >= 0xC2 && first <= 0xF4 && i + length <= json.length, Refusal.CLAIMS);
    int second = json[i + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    require(second >= least && second <= most, Refusal.CLAIMS);
    for (int k = i + 2; k < i + length; k++) {
      require((json[k] & 0xC0) == 0x80, Refusal.CLAIMS);
    }
    return i + length;
  }

  private static String unescaped(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
      } else if (raw.charAt(++i) == 'u') {
        text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
        i += 4;
      } else {
        text.append(meaning(raw.charAt(i)));
      }
    }
    return text.toString();
  }

  private static char meaning(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }
}
