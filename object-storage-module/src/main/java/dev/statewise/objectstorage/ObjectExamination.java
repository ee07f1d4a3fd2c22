package dev.statewise.objectstorage;

import static java.util.Comparator.comparing;

import dev.statewise.objectstorage.ObjectFinding.Severity;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@link ObjectDoctor} found.
 *
 * @param findings the worst first; never empty, for it says what was raced, or was not
 */
public record ObjectExamination(List<ObjectFinding> findings) {

  public ObjectExamination {
    findings = findings.stream().sorted(comparing(ObjectFinding::severity)).toList();
  }

  /** Whether a promise is broken. */
  public boolean breaksPromise() {
    return has(Severity.BREAKS);
  }

  /** Whether something could not be seen, so that a promise may be broken nevertheless. */
  public boolean isIncomplete() {
    return has(Severity.UNSEEN);
  }

  /** Whether there is a finding of just that severity. */
  public boolean has(Severity severity) {
    return findings.stream().anyMatch(finding -> finding.severity() == severity);
  }

  /** Whether there is a finding of that code. */
  public boolean has(ObjectFinding.Code code) {
    return findings.stream().anyMatch(finding -> finding.code() == code);
  }

  /** A line for each finding. */
  @Override
  public String toString() {
    return findings.stream().map(ObjectFinding::toString).collect(Collectors.joining("\n"));
  }
}
