package dev.statewise.jwt;

import dev.statewise.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the claims of a session: byte for byte what {@link SessionClaims} writes. */
final class ClaimsWriter {

  /** Of each claim what stands before its value, as it is written and mostly read. */
  static final byte[] SID = ascii(",\"sid\":\"");

  static final byte[] VER = ascii(",\"ver\":");
  static final byte[] SUB = ascii(",\"sub\":\"");
  static final byte[] CAT = ascii(",\"cat\":");
  static final byte[] IAT = ascii(",\"iat\":");
  static final byte[] IDL = ascii(",\"idl\":");
  static final byte[] MAX = ascii(",\"max\":");
  static final byte[] EXP = ascii(",\"exp\":");
  static final byte[] ATT = ascii(",\"att\":");
  private static final byte[] BETWEEN = ascii("\":\"");
  private static final byte[] FIRST = ascii("{\"");
  private static final byte[] NEXT = ascii(",\"");
  private static final byte[] QUOTE = ascii("\"");
  private static final byte[] END = ascii("}");

  private ClaimsWriter() {}

  static void write(SessionClaims ours, Session session, PayloadBytes json) {
    json.literal(ours.beginning());
    json.literal(SID);
    json.text(session.key().text());
    json.literal(QUOTE);
    json.literal(VER);
    json.number(session.version());
    if (!session.isAnonymous()) {
      json.literal(SUB);
      json.text(session.subject());
      json.literal(QUOTE);
    }
    long createdAt = session.createdAt().toEpochMilli();
    json.literal(CAT);
    json.number(createdAt);
    json.literal(IAT);
    json.number(session.lastSeen().getEpochSecond());
    json.literal(IDL);
    json.number(session.idleTimeout().toSeconds());
    json.literal(MAX);
    json.number(session.absoluteEnd().toEpochMilli() - createdAt);
    json.literal(EXP);
    json.number(session.end().getEpochSecond());
    writeAttributes(session.attributes(), json);
    json.literal(END);
  }

  private static void writeAttributes(Map<String, String> attributes, PayloadBytes json) {
    if (attributes.isEmpty()) {
      return;
    }
    json.literal(ATT);
    byte[] before = FIRST;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      json.literal(before);
      json.text(attribute.getKey());
      json.literal(BETWEEN);
      json.text(attribute.getValue());
      json.literal(QUOTE);
      before = NEXT;
    }
    json.literal(END);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
