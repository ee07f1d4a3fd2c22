package dev.statewise.tck;

import dev.statewise.session.Credential;
import dev.statewise.session.Rejection;
import dev.statewise.session.SecretHash;
import dev.statewise.session.Session;
import dev.statewise.session.SessionKey;
import dev.statewise.spi.TokenService;
import dev.statewise.spi.TokenTooLargeException;
import dev.statewise.spi.Verification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The smallest token service that keeps every rule: a payload, a dot, an HMAC. */
class ToyTokenService implements TokenService {

  private static final int LARGEST = 8_192;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final String key;
  private final String issuer;
  private final String audience;

  ToyTokenService(String key, String issuer, String audience) {
    this.key = key;
    this.issuer = issuer;
    this.audience = audience;
  }

  @Override
  public final int maxTokenBytes() {
    return LARGEST;
  }

  /**
   * Three quarters of a token is payload, of which 512 bytes are more than all but the state takes.
   */
  @Override
  public final int maxStateBytes() {
    return LARGEST * 3 / 4 - 512;
  }

  @Override
  public Credential issue(Session session) {
    String payload = ENCODER.encodeToString(payloadOf(session));
    String token = payload + "." + ENCODER.encodeToString(mac(payload));
    if (token.length() > LARGEST) {
      throw new TokenTooLargeException(token.length(), LARGEST);
    }
    return new Credential(token);
  }

  @Override
  public Verification verify(Credential token, Instant now) {
    String text = token.value();
    if (text.length() > LARGEST || !FORM.matcher(text).matches()) {
      return new Verification.Refused(Rejection.MALFORMED);
    }
    int dot = text.indexOf('.');
    if (!isSigned(text.substring(0, dot), text.substring(dot + 1))) {
      return new Verification.Refused(Rejection.UNTRUSTED);
    }
    return read(Base64.getUrlDecoder().decode(text.substring(0, dot)), now);
  }

  /** Compares text, and so knows one spelling only. */
  boolean isSigned(String payload, String mac) {
    return MessageDigest.isEqual(bytes(ENCODER.encodeToString(mac(payload))), bytes(mac));
  }

  /** What else a token tells; a breaker tells too much. */
  byte[] extra(Session session) {
    return new byte[0];
  }

  Instant endOf(Session session) {
    return session.end().truncatedTo(ChronoUnit.SECONDS);
  }

  final byte[] mac(String payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes("a toy key named " + key), "HmacSHA256"));
      return mac.doFinal(bytes(payload));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] payloadOf(Session session) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(issuer);
      out.writeUTF(audience);
      out.writeUTF(session.key().text());
      out.writeUTF(session.subject());
      out.writeLong(session.version());
      out.writeLong(session.createdAt().toEpochMilli());
      out.writeLong(session.lastSeen().getEpochSecond());
      out.writeLong(session.idleTimeout().toSeconds());
      out.writeLong(session.absoluteEnd().toEpochMilli());
      out.writeLong(endOf(session).getEpochSecond());
      out.writeInt(session.attributes().size());
      for (Map.Entry<String, String> attribute : session.attributes().entrySet()) {
        write(out, attribute.getKey());
        write(out, attribute.getValue());
      }
      out.write(extra(session));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Verification read(byte[] payload, Instant now) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
      if (!in.readUTF().equals(issuer) || !in.readUTF().equals(audience)) {
        return new Verification.Refused(Rejection.UNTRUSTED);
      }
      SessionKey sessionKey = new SessionKey(in.readUTF());
      String subject = in.readUTF();
      long version = in.readLong();
      Instant createdAt = Instant.ofEpochMilli(in.readLong());
      Instant lastSeen = Instant.ofEpochSecond(in.readLong());
      Duration idle = Duration.ofSeconds(in.readLong());
      Instant absoluteEnd = Instant.ofEpochMilli(in.readLong());
      Instant end = Instant.ofEpochSecond(in.readLong());
      Session session =
          Session.restore(
              sessionKey,
              subject,
              SecretHash.NONE,
              version,
              createdAt,
              lastSeen,
              idle,
              absoluteEnd,
              attributes(in));
      return now.isBefore(end)
          ? new Verification.Verified(session)
          : new Verification.Expired(session);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> attributes(DataInputStream in) throws IOException {
    Map<String, String> attributes = new HashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      attributes.put(read(in), read(in));
    }
    return attributes;
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = bytes(text);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
