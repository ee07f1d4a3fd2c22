package dev.statewise.redis;

import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The names of keys under one prefix. Of two prefixes neither sees the other's keys, also if one
 * begins with the other: the first brace ends a prefix.
 *
 * @param prefix 1 to 128 characters, no braces
 */
record KeySpace(String prefix) {

  static final KeySpace DEFAULT = new KeySpace("sw:");

  private static final int LONGEST_PREFIX = 128;
  private static final int SLOT_LENGTH = 3;
  // What concerns all lies in one slot.
  private static final String ALL = "{all}";

  KeySpace {
    if (prefix.isEmpty() || prefix.length() > LONGEST_PREFIX) {
      throw new IllegalArgumentException(
          "The key prefix has %d characters, and 1 to %d are allowed. The default is \"sw:\"."
              .formatted(prefix.length(), LONGEST_PREFIX));
    }
    if (prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "The key prefix (%s) has a brace, which would decide where a cluster puts every key. Leave braces out."
              .formatted(prefix));
    }
    if (!isWellFormed(prefix)) {
      throw new IllegalArgumentException(
          "The key prefix has a lone surrogate, so two prefixes could become one. Use well-formed Unicode.");
    }
  }

  /** Where a session lies. */
  byte[] session(SessionKey key) {
    return bytes(prefix + '{' + key.slot() + "}:s:" + key.handle());
  }

  /** Where the index of a subject's sessions lies: in their slot. */
  byte[] subjectIndex(String subject) {
    String hash = hash(subject);
    return bytes(inSlot(hash) + ":i:" + hash);
  }

  /**
   * What a script on a subject's index names: the index, and beside it a key that never exists. A
   * cluster answers "try again" to whoever names two keys of a slot that is being moved of which
   * one is missing; so no such script ever sees a slot of which a part has left.
   */
  List<byte[]> index(String subject) {
    String hash = hash(subject);
    return List.of(subjectIndex(subject), bytes(inSlot(hash) + ":n"));
  }

  /**
   * What a script names that adds a session to its subject's index.
   *
   * @throws IllegalArgumentException if the session's key was drawn for another subject
   */
  List<byte[]> sessionAndIndex(Session session) {
    if (!session.key().slot().equals(slot(session.subject()))) {
      throw new IllegalArgumentException(
          "The key of session %s was not drawn for its subject, so they lie in different slots and no index could hold it. Draw the key with SessionKey.draw(subject, random)."
              .formatted(session.key()));
    }
    List<byte[]> index = index(session.subject());
    return List.of(session(session.key()), index.get(0), index.get(1));
  }

  /** The slot of all sessions of {@code subject}. */
  static String slot(String subject) {
    return hash(subject).substring(0, SLOT_LENGTH);
  }

  /** Where the floor of one session's version lies. */
  byte[] sessionFloor(SessionKey key) {
    return bytes(prefix + '{' + key.slot() + "}:f:" + key.handle());
  }

  /** Where the floor of one subject lies: under the hash of all of it, in its sessions' slot. */
  byte[] subjectFloor(String subject) {
    String hash = hash(subject);
    return bytes(inSlot(hash) + ":u:" + hash);
  }

  /** What stands for a subject: the hash of all of it, 43 characters of base64url. */
  static String hash(String subject) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sha256(subject.getBytes(StandardCharsets.UTF_8)));
  }

  /** Where the floor of all lies. */
  byte[] floorOfAll() {
    return bytes(prefix + ALL);
  }

  /** Where the generation of a server's data lies. */
  byte[] generation() {
    return bytes(prefix + ALL + ":generation");
  }

  /** Where the log of refusals lies. */
  byte[] log() {
    return bytes(prefix + ALL + ":refusals");
  }

  private String inSlot(String hash) {
    return prefix + '{' + hash.substring(0, SLOT_LENGTH) + '}';
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isWellFormed(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return encoded.hasRemaining();
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256; this one says it has not.", e);
    }
  }
}
