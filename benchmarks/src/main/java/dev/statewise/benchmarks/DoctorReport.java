package dev.statewise.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statewise.objectstorage.ObjectExamination;
import dev.statewise.redis.Examination;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a doctor found, of whatever kind of server, for people or for programs.
 *
 * @param lines the worst first
 */
record DoctorReport(boolean breaksPromise, boolean isIncomplete, List<Line> lines) {

  private static final int BREAKS = 1;
  private static final int UNSEEN = 4;
  private static final String INFORMATION = "INFORMATION";

  /** One finding. */
  record Line(
      String severity, String code, String server, String seen, String promise, String mend) {

    private Map<String, String> fields() {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("severity", severity);
      fields.put("code", code);
      fields.put("server", server);
      fields.put("seen", seen);
      fields.put("promise", promise);
      fields.put("mend", mend);
      return fields;
    }

    private String paragraph() {
      String text = "%-11s  %s  at %s%n  seen     %s%n".formatted(severity, code, server, seen);
      return severity.equals(INFORMATION)
          ? text
          : text + "  promise  %s%n  mend     %s%n".formatted(promise, mend);
    }
  }

  static DoctorReport of(Examination examination) {
    return new DoctorReport(
        examination.breaksPromise(),
        examination.isIncomplete(),
        examination.findings().stream()
            .map(
                found ->
                    new Line(
                        found.severity().name(),
                        found.code().name(),
                        found.server(),
                        found.seen(),
                        found.code().promise(),
                        found.code().mend()))
            .toList());
  }

  static DoctorReport of(ObjectExamination examination) {
    return new DoctorReport(
        examination.breaksPromise(),
        examination.isIncomplete(),
        examination.findings().stream()
            .map(
                found ->
                    new Line(
                        found.severity().name(),
                        found.code().name(),
                        found.bucket(),
                        found.seen(),
                        found.code().promise(),
                        found.code().mend()))
            .toList());
  }

  int exitCode() {
    return breaksPromise ? BREAKS : isIncomplete ? UNSEEN : Main.OK;
  }

  String paragraphs() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.paragraph()).append(System.lineSeparator());
    }
    text.append(
        "%d break a promise, %d could not be seen, %d weaken one, %d for information."
            .formatted(count("BREAKS"), count("UNSEEN"), count("WEAKENS"), count(INFORMATION)));
    if (text.indexOf("CONFIG SET") >= 0) {
      text.append(
          "%nCONFIG SET holds until the next start: put the same into redis.conf, or run CONFIG REWRITE."
              .formatted());
    }
    return text.toString();
  }

  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("breaksPromise", breaksPromise);
    all.put("incomplete", isIncomplete);
    all.put("findings", lines.stream().map(Line::fields).toList());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Text and truth values can always be written as JSON.", e);
    }
  }

  private long count(String severity) {
    return lines.stream().filter(line -> line.severity().equals(severity)).count();
  }
}
