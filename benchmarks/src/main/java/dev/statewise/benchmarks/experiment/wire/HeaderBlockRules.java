package dev.statewise.benchmarks.experiment.wire;

import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.experiment.Carrier;
import dev.statewise.benchmarks.experiment.Finding;
import dev.statewise.benchmarks.experiment.Rules;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Numbers;
import dev.statewise.benchmarks.run.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/** What E9 answers, as its values have it; of cookies, for both kinds of credential travel so. */
public final class HeaderBlockRules implements Rules {

  private static final String TOKEN_ARM = "jwt-";
  private static final List<String> ID_ARMS = List.of("memory", "redis", "jdbc-h2");
  private static final String EXAMPLE = "jwt-hs256";

  /** "A few" tokens on one connection are at most so many. */
  private static final int A_FEW = 10;

  /** "Some forty" ids are within these. */
  private static final int LEAST_FORTY = 30;

  private static final int MOST_FORTY = 50;

  /** Of the bytes of a first request a repeat costs all if it costs at least this share. */
  private static final double ALL = 0.9;

  /**
   * Holds if a typical token's repeat is larger than an id's however it is indexed; holds in part
   * if it is so in one manner; does not if it is so in none.
   */
  @Override
  public Finding verdict(Experiment experiment) {
    List<Double> ids = repeats(experiment, Indexing.INDEXED, HeaderBlockRules::isId);
    List<Double> tokens = repeats(experiment, Indexing.INDEXED, HeaderBlockRules::isToken);
    List<Double> idsAgain = repeats(experiment, Indexing.NEVER_INDEXED, HeaderBlockRules::isId);
    List<Double> tokensAgain =
        repeats(experiment, Indexing.NEVER_INDEXED, HeaderBlockRules::isToken);
    if (Stream.of(ids, tokens, idsAgain, tokensAgain).anyMatch(List::isEmpty)) {
      return Finding.untestable("It takes a token and a session id, and this run has not both.");
    }
    boolean whenIndexed = least(tokens) > most(ids);
    boolean whenNever = least(tokensAgain) > most(idsAgain);
    String sentence =
        "On a repeated request a typical token that is indexed adds %s B and a session id %s B; never indexed, %s B and %s B."
            .formatted(range(tokens), range(ids), range(tokensAgain), range(idsAgain));
    if (whenIndexed && whenNever) {
      return new Finding(Verdict.HOLDS, sentence);
    }
    if (!whenIndexed && !whenNever) {
      return new Finding(Verdict.DOES_NOT_HOLD, sentence);
    }
    return new Finding(
        Verdict.HOLDS_WHEN,
        sentence
            + (whenNever ? " Larger only when it is never indexed" : " Larger only when indexed")
            + (whenNever ? outOfTheTable(experiment) : "")
            + ".");
  }

  private static String outOfTheTable(Experiment experiment) {
    Optional<Double> largest = largest(experiment, Carrier.COOKIE);
    Optional<Double> users = mostUsers(experiment, EXAMPLE);
    return largest
            .map(bytes -> ", or has more than %s bytes".formatted(Numbers.exact(bytes)))
            .orElse("")
        + users
            .map(
                most ->
                    ", or more than %s users with %s tokens take turns on one connection"
                        .formatted(Numbers.exact(most), EXAMPLE))
            .orElse("");
  }

  @Override
  public String predictions(Experiment experiment) {
    List<ArmResult> indexed = rows(experiment, Indexing.INDEXED, HeaderBlocks.REPEAT);
    List<ArmResult> never = rows(experiment, Indexing.NEVER_INDEXED, HeaderBlocks.REPEAT);
    if (indexed.isEmpty() || never.isEmpty()) {
      return "";
    }
    List<ArmResult> fitting =
        indexed.stream().filter(row -> bytes(row) <= HeaderShare.MOST_INDEXED).toList();
    List<ArmResult> falling =
        indexed.stream().filter(row -> bytes(row) > HeaderShare.MOST_INDEXED).toList();
    return String.join(
            "; ",
            outcome(
                "Indexed, one or two bytes as long as it fits",
                fitting.stream().map(row -> first(experiment, row)).mapToDouble(d -> d).max(),
                largest -> largest > HeaderConnection.TABLE_BYTES / 2.0,
                "for all that add up to %s bytes to the first request"),
            outcome(
                "beyond the table all its bytes",
                falling.stream().mapToDouble(row -> bytes(row) / first(experiment, row)).min(),
                share -> share >= ALL,
                "at least %s of the first request's"),
            outcome(
                "never indexed, all of them always",
                never.stream().mapToDouble(row -> bytes(row) / first(experiment, row)).min(),
                share -> share >= ALL,
                "at least %s of the first request's"),
            outcome(
                "a few tokens share a connection",
                mostUsers(experiment, EXAMPLE).stream().mapToDouble(d -> d).max(),
                users -> users >= 2 && users <= A_FEW,
                "%s of " + EXAMPLE),
            outcome(
                "some forty ids",
                ids(experiment).stream()
                    .flatMap(id -> mostUsers(experiment, id).stream())
                    .mapToDouble(d -> d)
                    .max(),
                users -> users >= LEAST_FORTY && users <= MOST_FORTY,
                "%s"))
        + ".";
  }

  private static String outcome(
      String predicted, OptionalDouble value, DoublePredicate cameTrue, String how) {
    if (value.isEmpty()) {
      return predicted + ": not measured";
    }
    double measured = value.getAsDouble();
    return "%s: %s (%s)"
        .formatted(
            predicted,
            cameTrue.test(measured) ? "came true" : "did not come true",
            how.formatted(text(measured)));
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Numbers.exact(value) : Numbers.rounded(value);
  }

  @Override
  public List<String> asides(Experiment experiment) {
    List<String> asides = new ArrayList<>();
    Optional<Double> first = bare(experiment, HeaderBlocks.FIRST);
    Optional<Double> repeat = bare(experiment, HeaderBlocks.REPEAT);
    if (first.isPresent() && repeat.isPresent()) {
      asides.add(
          "The request has sixteen fields, as a script in a browser sends them, and the credential as the last. Without a credential its header block has %s bytes on a new connection and %s on every repeat; what a credential adds is the difference. The table has %s bytes, and the other fields take their part of it; values are Huffman coded."
              .formatted(
                  Numbers.exact(first.get()),
                  Numbers.exact(repeat.get()),
                  Numbers.exact(HeaderConnection.TABLE_BYTES)));
    }
    for (Carrier carrier : Carrier.values()) {
      largest(experiment, carrier)
          .ifPresent(
              bytes ->
                  asides.add(
                      "As %s, the largest token that is an index on every repeat has %s bytes. One byte more and it takes the place of other fields, which are then sent anew too."
                          .formatted(carrier, Numbers.exact(bytes))));
    }
    asides.add(
        "Sizes are of stand-ins: each credential with other random characters, of a fixed sequence, so that another run counts the same. Never to index what is secret is advice against guessing it by the size of compressed requests (RFC 7541, section 7.1.3), and some clients heed it.");
    return asides;
  }

  private static Optional<Double> bare(Experiment experiment, String request) {
    return experiment.value(
        HeaderBlocks.BARE, Map.of(HeaderBlocks.REQUEST, request), HeaderBlocks.BLOCK);
  }

  private static Optional<Double> largest(Experiment experiment, Carrier carrier) {
    return experiment.value(
        TokenSizes.ARM,
        Map.of(HeaderBlocks.CARRIER, carrier.toString(), HeaderBlocks.EDGE, TokenSizes.TOKEN_BYTES),
        TokenSizes.LARGEST);
  }

  private static Optional<Double> mostUsers(Experiment experiment, String arm) {
    return experiment.value(
        arm,
        Map.of(
            HeaderBlocks.CARRIER,
            Carrier.COOKIE.toString(),
            HeaderBlocks.EDGE,
            SharedConnections.USERS),
        SharedConnections.MOST_USERS);
  }

  private static List<String> ids(Experiment experiment) {
    return experiment.arms().stream()
        .map(ArmResult::name)
        .distinct()
        .filter(ID_ARMS::contains)
        .toList();
  }

  private interface Kind {
    boolean is(ArmResult row);
  }

  private static boolean isId(ArmResult row) {
    return ID_ARMS.contains(row.name());
  }

  private static boolean isToken(ArmResult row) {
    return row.name().startsWith(TOKEN_ARM);
  }

  /** What repeats of typical cookies add. */
  private static List<Double> repeats(Experiment experiment, Indexing indexing, Kind kind) {
    return rows(experiment, indexing, HeaderBlocks.REPEAT).stream()
        .filter(row -> row.has(Map.of(HeaderBlocks.PROFILE, Profile.TYP.toString())))
        .filter(kind::is)
        .map(HeaderBlockRules::bytes)
        .toList();
  }

  /** Cookies of arms, one credential a connection. */
  private static List<ArmResult> rows(Experiment experiment, Indexing indexing, String request) {
    Map<String, String> wanted =
        Map.of(
            HeaderBlocks.CARRIER,
            Carrier.COOKIE.toString(),
            HeaderBlocks.INDEXING,
            indexing.toString(),
            HeaderBlocks.REQUEST,
            request);
    return experiment.arms().stream()
        .filter(row -> row.has(wanted) && row.params().containsKey(HeaderBlocks.PROFILE))
        .filter(
            row ->
                !row.params().containsKey(SharedConnections.USERS)
                    && row.value(HeaderBlocks.BYTES).isPresent())
        .toList();
  }

  private static double first(Experiment experiment, ArmResult repeat) {
    Map<String, String> params = new LinkedHashMap<>(repeat.params());
    params.put(HeaderBlocks.REQUEST, HeaderBlocks.FIRST);
    return experiment.value(repeat.name(), params, HeaderBlocks.BYTES).orElse(bytes(repeat));
  }

  private static double bytes(ArmResult row) {
    return row.value(HeaderBlocks.BYTES).orElseThrow();
  }

  private static double least(List<Double> values) {
    return values.stream().mapToDouble(d -> d).min().orElseThrow();
  }

  private static double most(List<Double> values) {
    return values.stream().mapToDouble(d -> d).max().orElseThrow();
  }

  private static String range(List<Double> values) {
    String least = Numbers.exact(least(values));
    String most = Numbers.exact(most(values));
    return least.equals(most) ? least : least + " to " + most;
  }
}
