package dev.statewise.jwt;

import static dev.statewise.jwt.Refusal.require;

import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the claims in a payload, into the session that they say. Every byte is looked at
 * and judged; of the attributes no string and no map is made before somebody asks for one.
 *
 * <p>Held to {@link SessionClaims} by tests: neither takes what the other refuses.
 */
final class ClaimsReader {

  private static final int ISS = 1;
  private static final int AUD = 1 << 1;
  private static final int SID = 1 << 2;
  private static final int VER = 1 << 3;
  private static final int SUB = 1 << 4;
  private static final int CAT = 1 << 5;
  private static final int IAT = 1 << 6;
  private static final int IDL = 1 << 7;
  private static final int MAX = 1 << 8;
  private static final int EXP = 1 << 9;
  private static final int ATT = 1 << 10;
  private static final int REQUIRED = ISS | AUD | SID | VER | CAT | IAT | IDL | MAX | EXP;

  private static final long AS_WRITTEN_SID = packed(ClaimsWriter.SID);
  private static final long AS_WRITTEN_VER = packed(ClaimsWriter.VER);
  private static final long AS_WRITTEN_SUB = packed(ClaimsWriter.SUB);
  private static final long AS_WRITTEN_CAT = packed(ClaimsWriter.CAT);
  private static final long AS_WRITTEN_IAT = packed(ClaimsWriter.IAT);
  private static final long AS_WRITTEN_IDL = packed(ClaimsWriter.IDL);
  private static final long AS_WRITTEN_MAX = packed(ClaimsWriter.MAX);
  private static final long AS_WRITTEN_EXP = packed(ClaimsWriter.EXP);
  private static final long AS_WRITTEN_ATT = packed(ClaimsWriter.ATT);

  private final SessionClaims ours;
  private final byte[] json;
  private final JsonScan scan;

  private int seen;
  private boolean issuerIsOurs;
  private boolean audienceIsOurs;
  private String sid = "";
  private String subject = "";
  private long version;
  private long createdAt;
  private long lastSeen;
  private long idleTimeout;
  private long lifetime;
  private long expiry;
  private @Nullable AttributeSpans attributes;

  private ClaimsReader(SessionClaims ours, byte[] json) {
    this.ours = ours;
    this.json = json;
    this.scan = new JsonScan(json);
  }

  /** The session in a payload whose signature holds; refused if it is not exactly as we write. */
  static Session read(SessionClaims ours, byte[] payload) throws RefusedException {
    ClaimsReader reader = new ClaimsReader(ours, payload);
    reader.members();
    return reader.session();
  }

  private void members() throws RefusedException {
    if (scan.skip(ours.beginning())) {
      // As we write it: the same bytes mean the same, however they would be read.
      seen = ISS | AUD;
      issuerIsOurs = true;
      audienceIsOurs = true;
      usualMembers();
    } else {
      scan.token('{');
      scan.token('"');
      member();
    }
    while (otherMember()) {
      // each judges itself
    }
    scan.end();
  }

  /** Reads on in the order in which we write, up to where it is another. */
  private void usualMembers() throws RefusedException {
    boolean asWritten = scan.skipEight(AS_WRITTEN_SID);
    if (asWritten) {
      seen |= SID;
      scan.restOfString();
      sid = scan.text();
    }
    if (asWritten && scan.skipSeven(AS_WRITTEN_VER)) {
      seen |= VER;
      version = scan.number();
      if (scan.skipEight(AS_WRITTEN_SUB)) {
        seen |= SUB;
        scan.restOfString();
        subject = scan.text();
      }
      usualNumbers();
    }
  }

  private void usualNumbers() throws RefusedException {
    if (scan.skipSeven(AS_WRITTEN_CAT)) {
      seen |= CAT;
      createdAt = scan.number();
    }
    if (scan.skipSeven(AS_WRITTEN_IAT)) {
      seen |= IAT;
      lastSeen = scan.number();
    }
    if (scan.skipSeven(AS_WRITTEN_IDL)) {
      seen |= IDL;
      idleTimeout = scan.number();
    }
    if (scan.skipSeven(AS_WRITTEN_MAX)) {
      seen |= MAX;
      lifetime = scan.number();
    }
    if (scan.skipSeven(AS_WRITTEN_EXP)) {
      seen |= EXP;
      expiry = scan.number();
    }
    if (scan.skipSeven(AS_WRITTEN_ATT)) {
      seen |= ATT;
      attributes = AttributeSpans.read(json, scan);
    }
  }

  /** Reads a member behind another; false if there was none and the object has ended. */
  private boolean otherMember() throws RefusedException {
    byte next = scan.token();
    if (next == '}') {
      return false;
    }
    require(next == ',', Refusal.CLAIMS);
    scan.token('"');
    member();
    return true;
  }

  /** Reads a member whose opening quote was read. */
  private void member() throws RefusedException {
    scan.restOfString();
    byte[] name = scan.text().getBytes(StandardCharsets.UTF_8);
    require(name.length == 3, Refusal.CLAIMS);
    int claim = claim((name[0] & 0xFF) | (name[1] & 0xFF) << 8 | (name[2] & 0xFF) << 16);
    scan.token(':');
    require((seen & claim) == 0, Refusal.CLAIMS);
    seen |= claim;
    switch (claim) {
      case ISS -> issuerIsOurs = string().equals(ours.issuer());
      case AUD -> audienceIsOurs = string().equals(ours.audience());
      case SID -> sid = string();
      case SUB -> subject = string();
      case VER -> version = scan.number();
      case CAT -> createdAt = scan.number();
      case IAT -> lastSeen = scan.number();
      case IDL -> idleTimeout = scan.number();
      case MAX -> lifetime = scan.number();
      case EXP -> expiry = scan.number();
      default -> attributes = AttributeSpans.read(json, scan);
    }
  }

  private String string() throws RefusedException {
    scan.string();
    return scan.text();
  }

  /** Which claim it is that has a name of three letters, the first one lowest. */
  private static int claim(int name) throws RefusedException {
    return switch (name) {
      case 'i' | 's' << 8 | 's' << 16 -> ISS;
      case 'a' | 'u' << 8 | 'd' << 16 -> AUD;
      case 's' | 'i' << 8 | 'd' << 16 -> SID;
      case 'v' | 'e' << 8 | 'r' << 16 -> VER;
      case 's' | 'u' << 8 | 'b' << 16 -> SUB;
      case 'c' | 'a' << 8 | 't' << 16 -> CAT;
      case 'i' | 'a' << 8 | 't' << 16 -> IAT;
      case 'i' | 'd' << 8 | 'l' << 16 -> IDL;
      case 'm' | 'a' << 8 | 'x' << 16 -> MAX;
      case 'e' | 'x' << 8 | 'p' << 16 -> EXP;
      case 'a' | 't' << 8 | 't' << 16 -> ATT;
      default -> throw new RefusedException(Refusal.CLAIMS);
    };
  }

  private Session session() throws RefusedException {
    require((seen & REQUIRED) == REQUIRED, Refusal.VALUES);
    require(issuerIsOurs, Refusal.ISSUER);
    require(audienceIsOurs, Refusal.AUDIENCE);
    SessionKey key = key(sid);
    require((seen & SUB) == 0 || !subject.isEmpty(), Refusal.VALUES);
    require(isInRange() && expiry == end(), Refusal.VALUES);
    Instant created = Instant.ofEpochMilli(createdAt);
    return attributes == null
        ? Session.restore(
            key,
            subject,
            SecretHash.NONE,
            version,
            created,
            Instant.ofEpochSecond(lastSeen),
            Duration.ofSeconds(idleTimeout),
            Instant.ofEpochMilli(createdAt + lifetime),
            Map.of())
        : Session.restoreLate(
            key,
            subject,
            SecretHash.NONE,
            version,
            created,
            Instant.ofEpochSecond(lastSeen),
            Duration.ofSeconds(idleTimeout),
            Instant.ofEpochMilli(createdAt + lifetime),
            attributes);
  }

  private static SessionKey key(String sid) throws RefusedException {
    try {
      return new SessionKey(sid);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.VALUES);
    }
  }

  private boolean isInRange() {
    return version >= 1
        && createdAt <= SessionClaims.LATEST_MILLI
        && lastSeen <= SessionClaims.LATEST_SECOND
        && idleTimeout >= 1
        && idleTimeout <= SessionClaims.LONGEST_IDLE_SECONDS
        && lifetime >= 1
        && lifetime <= SessionClaims.LATEST_MILLI - createdAt;
  }

  /** The session's end, rounded down to the second. */
  private long end() {
    return Math.min(lastSeen + idleTimeout, (createdAt + lifetime) / 1000);
  }

  /** Up to eight bytes of ASCII, the first one lowest. */
  private static long packed(byte[] ascii) {
    long packed = 0;
    for (int i = 0; i < ascii.length; i++) {
      packed |= (long) ascii[i] << (8 * i);
    }
    return packed;
  }
}
