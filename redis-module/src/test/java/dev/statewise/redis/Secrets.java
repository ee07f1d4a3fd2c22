package dev.statewise.redis;

import dev.statewise.session.Credential;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Texts that must not be seen anywhere, not even their beginnings, and the search for them. */
final class Secrets {

  /** How much of a secret gives it away. Shorter texts cannot be told from chance. */
  private static final int TELLING = 16;

  private final Map<String, String> byBeginning = new ConcurrentHashMap<>();

  /** The secret of a session id; the payload and the signature of a token. Keys are public. */
  void remember(Credential credential) {
    String[] parts = credential.value().split("\\.", -1);
    for (int i = 1; i < parts.length; i++) {
      remember(parts[i]);
    }
  }

  /** The bytes in every spelling that a log could have. */
  void remember(byte[] bytes) {
    remember(new BigInteger(1, bytes).toString());
    remember(HexFormat.of().formatHex(bytes));
    remember(HexFormat.of().withUpperCase().formatHex(bytes));
    remember(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    remember(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    remember(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  void remember(Key key) {
    remember(key.getEncoded());
  }

  void remember(String text) {
    if (text.length() >= TELLING) {
      byBeginning.put(text.substring(0, TELLING), text);
    }
  }

  int count() {
    return byBeginning.size();
  }

  /** The secrets whose beginning stands in {@code text}. */
  Set<String> foundIn(String text) {
    Set<String> found = new HashSet<>();
    for (int i = 0; i + TELLING <= text.length(); i++) {
      String secret = byBeginning.get(text.substring(i, i + TELLING));
      if (secret != null) {
        found.add(secret);
      }
    }
    return found;
  }
}
