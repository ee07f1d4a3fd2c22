package dev.statewise.benchmarks.experiment;

import dev.statewise.SessionPolicy;
import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.BuiltArm;
import dev.statewise.benchmarks.arm.MovableClock;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.arm.Wiring;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.session.Credential;
import dev.statewise.session.OpenResult;
import dev.statewise.session.TooLarge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A credential that an arm opened with a profile of state, or why there is none.
 *
 * @param credential empty exactly if it does not fit
 * @param reason why it does not; empty if it does
 */
public record SizedCredential(Profile profile, Optional<Credential> credential, String reason) {

  /** Those of one arm, in the order of the profiles. */
  public static List<SizedCredential> of(Arm arm, Servers servers, String keyPrefix) {
    Wiring wiring =
        new Wiring(SessionPolicy.defaults(), MovableClock.atPresent(), servers, keyPrefix);
    List<SizedCredential> opened = new ArrayList<>();
    try (BuiltArm built = arm.build().apply(wiring)) {
      for (Profile profile : Profile.values()) {
        OpenResult result = built.sessions().open(Profile.SUBJECT, profile.attributes());
        opened.add(
            result instanceof TooLarge tooLarge
                ? new SizedCredential(profile, Optional.empty(), reason(tooLarge))
                : new SizedCredential(
                    profile, Optional.of(result.grantOrThrow().credential()), ""));
      }
    }
    return opened;
  }

  private static String reason(TooLarge tooLarge) {
    String largest =
        tooLarge.parts().stream().findFirst().map(part -> ", of which " + part).orElse("");
    return "does not fit: %s bytes%s, and at most %s are issued"
        .formatted(Numbers.exact(tooLarge.bytes()), largest, Numbers.exact(tooLarge.limit()));
  }
}
