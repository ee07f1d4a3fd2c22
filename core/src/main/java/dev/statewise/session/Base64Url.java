package dev.statewise.session;

/** The base64url alphabet (RFC 4648 §5), tested character by character without decoding. */
final class Base64Url {

  private static final boolean[] ALPHABET = new boolean[128];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .chars()
        .forEach(c -> ALPHABET[c] = true);
  }

  private Base64Url() {}

  /** By table: comparisons with ranges would be mispredicted for every other random character. */
  static boolean isAlphabet(String text) {
    boolean all = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      all &= c < ALPHABET.length && ALPHABET[c];
    }
    return all;
  }
}
