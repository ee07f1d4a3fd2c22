package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Evidence;
import dev.statewise.benchmarks.run.Metric;
import dev.statewise.jwt.TokenBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Experiment E8: what a credential adds to a request on HTTP/1.1. The bytes are counted where they
 * arrive: the JDK's own client sends each request to a socket of ours. Beside each stands what
 * arithmetic says, from the declared size of an id or a signature, from the bytes that a token's
 * segments decode to, and from a request without a credential.
 */
public final class RequestBytes {

  /** The longest {@code Cookie} line whose cookie every browser keeps, with its attributes. */
  public static final int MOST_COOKIE_LINE =
      Carrier.COOKIE.lineBytes(TokenBudget.cookie(Carrier.COOKIE_NAME).tokenBytes());

  /** The largest request line and headers that common proxies take. */
  public static final int MOST_REQUEST = TokenBudget.HEADER_BYTES;

  /** What arrived. */
  public static final String BYTES = "bytes";

  /** What arithmetic says of it. */
  public static final String ARITHMETIC = "arithmetic";

  private static final int SESSION_ID_LENGTH = 40;
  private static final String LINE = "credential line";
  private static final String REQUEST = "whole request";

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

  private final Lab lab;
  private final List<ArmResult> results = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private int checked;

  private RequestBytes(Lab lab) {
    this.lab = lab;
  }

  /**
   * Measures every arm of {@code lab}, and tokens that are no arm of their own, with every profile
   * on both carriers.
   */
  public static Counted.Count of(Lab lab) {
    RequestBytes bytes = new RequestBytes(lab);
    try (RequestSink sink = RequestSink.open()) {
      bytes.measure(sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Counted.Count(bytes.results, bytes.findings, bytes.checked);
  }

  private void measure(RequestSink sink) throws IOException {
    int bare = sink.send().bytes();
    for (Arm arm : SizedArms.and(lab.arms())) {
      if (!lab.cancelled().getAsBoolean()) {
        Optional<String> impossible = lab.absence().apply(arm);
        if (impossible.isPresent()) {
          absent(arm, List.of(Profile.values()), impossible.get());
        } else {
          measure(arm, bare, sink);
        }
      }
    }
  }

  private void measure(Arm arm, int bare, RequestSink sink) throws IOException {
    for (SizedCredential sized :
        SizedCredential.of(arm, lab.servers(), lab.keyPrefix() + "e8:" + arm.name())) {
      if (sized.credential().isEmpty()) {
        absent(arm, List.of(sized.profile()), sized.reason());
      } else {
        measure(arm, sized.profile(), sized.credential().get().value(), bare, sink);
      }
    }
  }

  private void measure(Arm arm, Profile profile, String credential, int bare, RequestSink sink)
      throws IOException {
    int length = arithmetic(arm.name(), credential);
    for (Carrier carrier : Carrier.values()) {
      RequestSink.Received received = sink.send(carrier.header(), carrier.value(credential));
      int line = carrier.lineBytes(length);
      add(arm, params(profile, carrier, LINE), received.lineOf(carrier.header()), line);
      add(arm, params(profile, carrier, REQUEST), received.bytes(), bare + line);
    }
  }

  private void add(Arm arm, Map<String, String> params, int arrived, int arithmetic) {
    if (arrived != arithmetic) {
      findings.add(
          "%s %s: %d bytes arrived, by arithmetic it is %d"
              .formatted(arm.name(), String.join(" ", params.values()), arrived, arithmetic));
    }
    checked++;
    results.add(
        new ArmResult(
            arm.name(),
            params,
            List.of(
                Metric.counted(BYTES, "B", arrived, 1),
                Metric.counted(ARITHMETIC, "B", arithmetic, 1))));
  }

  /** How long a credential of that arm is, by what is declared of it. */
  static int arithmetic(String arm, String credential) {
    Integer signature = SIGNATURE_BYTES.get(arm);
    if (signature == null) {
      return SESSION_ID_LENGTH;
    }
    String[] segments = credential.split("\\.", -1);
    int unsigned = 0;
    for (int i = 0; i < segments.length - 1; i++) {
      unsigned += base64Length(Base64.getUrlDecoder().decode(segments[i]).length) + ".".length();
    }
    return unsigned + base64Length(signature);
  }

  /** How long so many bytes are in base64url without padding. */
  static int base64Length(int bytes) {
    return (bytes * 4 + 2) / 3;
  }

  private void absent(Arm arm, List<Profile> profiles, String reason) {
    for (Profile profile : profiles) {
      for (Carrier carrier : Carrier.values()) {
        for (String part : List.of(LINE, REQUEST)) {
          results.add(
              new ArmResult(
                  arm.name(),
                  params(profile, carrier, part),
                  List.of(Metric.absent(BYTES, "B", Evidence.COUNT, reason))));
        }
      }
    }
  }

  private static Map<String, String> params(Profile profile, Carrier carrier, String part) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("carrier", carrier.toString());
    params.put("profile", profile.toString());
    params.put("part", part);
    return params;
  }
}
