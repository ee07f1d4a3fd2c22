package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.jwt.TokenBudget;
import dev.statewise.session.Credential;
import dev.statewise.session.OpenResult;
import dev.statewise.session.TooLarge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Experiment E8: what a credential adds to a request on HTTP/1.1. The bytes are counted where they
 * arrive: the JDK's own client sends each request to a socket of ours.
 */
public final class RequestBytes {

  /** The default cookie's name. */
  private static final String COOKIE = "__Host-id";

  /** The longest {@code Cookie} line whose cookie every browser keeps, with its attributes. */
  public static final int MOST_COOKIE_LINE =
      "Cookie: ".length()
          + COOKIE.length()
          + "=".length()
          + TokenBudget.cookie(COOKIE).tokenBytes()
          + "\r\n".length();

  /** The largest request line and headers that common proxies take. */
  public static final int MOST_REQUEST = TokenBudget.HEADER_BYTES;

  private static final int SESSION_ID_LENGTH = 40;
  private static final int SESSION_ID_LINE = 60;

  private static final Map<String, Integer> SIGNATURE_BYTES =
      Map.of(
          "jwt-hs256",
          32,
          "jwt-rs256",
          256,
          "jwt-es256",
          64,
          "jwt-ed25519",
          64,
          SizedArms.PS256,
          256,
          SizedArms.AT_TARGET,
          32,
          "hybrid",
          32,
          "hybrid-local",
          32);

  private final Servers servers;
  private final String keyPrefix;
  private final BooleanSupplier cancelled;
  private final List<String> findings = new ArrayList<>();

  /**
   * @param cancelled whether to measure no more
   */
  public RequestBytes(Servers servers, String keyPrefix, BooleanSupplier cancelled) {
    this.servers = servers;
    this.keyPrefix = keyPrefix;
    this.cancelled = cancelled;
  }

  /** All that {@code lab} has. */
  public static Counted.Count of(Lab lab) {
    RequestBytes bytes = new RequestBytes(lab.servers(), lab.keyPrefix(), lab.cancelled());
    List<ArmResult> results = bytes.measure(lab.arms(), lab.absence());
    return new Counted.Count(results, bytes.findings(), results.size());
  }

  /** How a credential travels. */
  enum Carrier {
    COOKIE("cookie", "Cookie", RequestBytes.COOKIE + "="),
    BEARER("bearer", "Authorization", "Bearer ");

    private final String text;
    private final String header;
    private final String before;

    Carrier(String text, String header, String before) {
      this.text = text;
      this.header = header;
      this.before = before;
    }

    String value(Credential credential) {
      return before + credential.value();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Measures every arm, and tokens that are no arm of their own, with every profile on both
   * carriers.
   *
   * @param absence why an arm is not measured, if it is not
   */
  public List<ArmResult> measure(List<Arm> arms, Function<Arm, Optional<String>> absence) {
    List<ArmResult> results = new ArrayList<>();
    try (RequestSink sink = RequestSink.open()) {
      for (Arm arm : SizedArms.and(arms)) {
        if (!cancelled.getAsBoolean()) {
          Optional<String> impossible = absence.apply(arm);
          results.addAll(
              impossible.isPresent() ? absent(arm, impossible.get()) : measure(arm, sink));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return results;
  }

  /** What did not add up; empty if all did. */
  public List<String> findings() {
    return List.copyOf(findings);
  }

  private List<ArmResult> measure(Arm arm, RequestSink sink) throws IOException {
    List<ArmResult> results = new ArrayList<>();
    MovableClock clock = MovableClock.atPresent();
    Wiring wiring =
        new Wiring(SessionPolicy.defaults(), clock, servers, keyPrefix + "e8:" + arm.name());
    try (BuiltArm built = arm.build().apply(wiring)) {
      for (Profile profile : Profile.values()) {
        OpenResult opened = built.sessions().open(Profile.SUBJECT, profile.attributes());
        if (opened instanceof TooLarge tooLarge) {
          results.addAll(absent(arm, profile, reason(tooLarge)));
        } else {
          Credential credential = opened.grantOrThrow().credential();
          check(arm, credential);
          results.addAll(measure(arm, profile, credential, sink));
        }
      }
    }
    return results;
  }

  private List<ArmResult> measure(Arm arm, Profile profile, Credential credential, RequestSink sink)
      throws IOException {
    List<ArmResult> results = new ArrayList<>();
    for (Carrier carrier : Carrier.values()) {
      RequestSink.Received received = sink.send(carrier.header, carrier.value(credential));
      int line = received.lineOf(carrier.header);
      int arithmetic = carrier.header.length() + 2 + carrier.value(credential).length() + 2;
      if (line != arithmetic) {
        findings.add(
            "%s %s %s: a line of %d bytes arrived, by arithmetic it is %d"
                .formatted(arm.name(), profile, carrier, line, arithmetic));
      }
      results.add(result(arm, profile, carrier, "credential line", line));
      results.add(result(arm, profile, carrier, "whole request", received.bytes()));
    }
    return results;
  }

  private void check(Arm arm, Credential credential) {
    String text = credential.value();
    Integer signature = SIGNATURE_BYTES.get(arm.name());
    if (signature == null) {
      int line = "Cookie: ".length() + Carrier.COOKIE.value(credential).length() + 2;
      if (text.length() != SESSION_ID_LENGTH || line != SESSION_ID_LINE) {
        findings.add(
            "%s: the session id has %d characters and its cookie line %d bytes, declared are %d and %d"
                .formatted(arm.name(), text.length(), line, SESSION_ID_LENGTH, SESSION_ID_LINE));
      }
      return;
    }
    int expected = 2;
    String[] segments = text.split("\\.", -1);
    for (String segment : segments) {
      expected += base64Length(Base64.getUrlDecoder().decode(segment).length);
    }
    int signed = Base64.getUrlDecoder().decode(segments[segments.length - 1]).length;
    if (segments.length != 3 || expected != text.length() || signed != signature) {
      findings.add(
          "%s: a token of %d characters with a signature of %d bytes, by arithmetic %d and %d"
              .formatted(arm.name(), text.length(), signed, expected, signature));
    }
  }

  /** How long so many bytes are in base64url without padding. */
  static int base64Length(int bytes) {
    return (bytes * 4 + 2) / 3;
  }

  private static String reason(TooLarge tooLarge) {
    String largest =
        tooLarge.parts().stream().findFirst().map(part -> ", of which " + part).orElse("");
    return "does not fit: %s bytes%s, and at most %s are issued"
        .formatted(Numbers.exact(tooLarge.bytes()), largest, Numbers.exact(tooLarge.limit()));
  }

  private static List<ArmResult> absent(Arm arm, String reason) {
    List<ArmResult> results = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      results.addAll(absent(arm, profile, reason));
    }
    return results;
  }

  private static List<ArmResult> absent(Arm arm, Profile profile, String reason) {
    List<ArmResult> results = new ArrayList<>();
    for (Carrier carrier : Carrier.values()) {
      for (String part : List.of("credential line", "whole request")) {
        results.add(
            new ArmResult(
                arm.name(),
                params(profile, carrier, part),
                List.of(Metric.absent("bytes", "B", Evidence.COUNT, reason))));
      }
    }
    return results;
  }

  private static ArmResult result(
      Arm arm, Profile profile, Carrier carrier, String part, int bytes) {
    return new ArmResult(
        arm.name(),
        params(profile, carrier, part),
        List.of(Metric.counted("bytes", "B", bytes, 1)));
  }

  private static Map<String, String> params(Profile profile, Carrier carrier, String part) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("carrier", carrier.toString());
    params.put("profile", profile.toString());
    params.put("part", part);
    return params;
  }
}
