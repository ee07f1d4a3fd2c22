package dev.statewise.session;

/** The base64url alphabet (RFC 4648 §5), tested character by character without decoding. */
final class Base64Url {

  private Base64Url() {}

  static boolean isAlphabet(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isAlphabet(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphabet(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
