package dev.statewise.benchmarks.report;

import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.Profile;
import dev.statewise.benchmarks.experiment.SizedArms;
import dev.statewise.benchmarks.experiment.StateSize;
import dev.statewise.benchmarks.experiment.wire.HeaderBlocks;
import dev.statewise.benchmarks.experiment.wire.TokenSizes;
import java.util.ArrayList;
import java.util.List;

/** What the words in the tables mean, and how the numbers came about. */
final class Legend {

  private Legend() {}

  /** A word and its meaning. */
  record Entry(String word, String meaning) {}

  /** The words of the tables. */
  static List<Entry> words() {
    List<Entry> words = new ArrayList<>();
    words.add(new Entry("memory", "sessions in this JVM, in a Caffeine cache"));
    words.add(new Entry("redis", "sessions in Redis"));
    words.add(
        new Entry(
            "redis-touch-always",
            "the same, touched at every validation and not only when an eighth of the idle timeout has passed: an arrangement for comparisons, as no default asks for it"));
    words.add(
        new Entry(
            "redis-near",
            "sessions in Redis, of which hot ones are copied into this JVM; the server tells of changes"));
    words.add(
        new Entry(
            "jdbc-h2, jdbc-postgres",
            "sessions in a table of H2, in this JVM and in memory; and of PostgreSQL, a process of its own that answers a commit when the system has its log; each by a pool of one connection. For them a command is a statement"));
    words.add(
        new Entry(
            "object-s3",
            "sessions as objects of an S3 API, which is a stand-in on this machine and keeps them in memory: what its requests are and what they cost the client is real, what they take is not. For it a command is a request"));
    words.add(
        new Entry(
            "jwt-…",
            "a signed token alone, by the algorithm that it is named for; verified anew each time, and read claim by claim and attribute by attribute"));
    words.add(
        new Entry(
            "…-lazy, …-first, …-seen",
            "the same tokens in another manner: nothing is read of an accepted one; or verified tokens are remembered, and each was never seen before, or was, in other bytes of the same text"));
    words.add(
        new Entry(
            SizedArms.AT_TARGET,
            "in E8: an HS256 token of an issuer and an audience of 20 characters together and a key name of two, as the project's target for sizes has it"));
    words.add(
        new Entry(
            HeaderBlocks.BARE + ", " + TokenSizes.ARM,
            "in E9: a request without a credential; and a text of base64url of some length, as a bearer token or a cookie"));
    words.add(
        new Entry(
            "jdk-httpserver, tomcat, jetty, undertow, nginx, haproxy, node",
            "in E10: HTTP servers in their defaults, the first four in this JVM and the others as processes, where they are installed"));
    words.add(
        new Entry(
            "hybrid",
            "a token signed with HS256, and a revocation list in Redis that each validation asks"));
    words.add(
        new Entry(
            "hybrid-local",
            "the same, and the list is followed into this JVM, so that a validation asks nobody"));
    words.add(
        new Entry(
            "peer-…",
            "somebody else's sessions on the same server, or somebody else's tokens of the same claims, on libraries of their own in the same JVM, in their defaults. What its validation does is said below its name; its CPU time is that of the asking thread, as an arm's"));
    words.add(
        new Entry(
            "floor-…",
            "the bare work at the heart of an arm: one MAC or one verification of a signature by the provider that the JVM prefers, one cache lookup, one GET. It checks nothing and is no arm to choose; “to its floor” is how many times as much the arm costs"));
    words.add(
        new Entry(
            "subset",
            "an arm whose work another does, and more: hybrid does all that %s does. “To its subset” is how many times as much that costs"
                .formatted(Arms.DUPLICATED)));
    words.add(
        new Entry(
            Arms.AA,
            "%s once more, timed as if it were another arm: what a difference of nothing looks like"
                .formatted(Arms.DUPLICATED)));
    words.add(
        new Entry(
            "accp, conscrypt, bouncy-castle, jdk",
            "in E2, with the JDK's version behind it: Amazon Corretto Crypto Provider and Conscrypt, in native code; Bouncy Castle, in Java; whatever the JDK prefers of its own"));
    words.add(
        new Entry(
            "amplification",
            "the CPU time that refusing a credential takes, the store's included, by the CPU time that making it took; above 1 an attacker spends less than we do"));
    words.add(
        new Entry(
            "1 KiB, 64 KiB, 1 MiB, 10 MiB",
            "in E26: so much state in %d attributes of one length, of random letters and digits; to change one is Sessions.update of a session that was read"
                .formatted(StateSize.ATTRIBUTES)));
    words.add(
        new Entry(
            "canary",
            "the same piece of hashing between all slices; its drift is how far its cost moved within a JVM"));
    for (Profile profile : Profile.values()) {
      words.add(new Entry(profile.toString(), "state: " + profile.meaning()));
    }
    return words;
  }

  /** The letters after a unit, strongest first. */
  static List<Entry> evidence() {
    return List.of(
        new Entry("COUNT", "counted, and exact: another run gives the same number"),
        new Entry(
            "CPU",
            "CPU time of one thread, or the bytes it allocated, or the CPU time that Redis says it used, or the system says of PostgreSQL"),
        new Entry(
            "PAIRED",
            "the ratio of two arms within the same round, so that what befell the machine befell both"),
        new Entry(
            "WALL", "elapsed time, with all that the machine did meanwhile; withheld unless quiet"),
        new Entry("MODEL", "by a formula over what was measured"),
        new Entry("CITED", "somebody else's number, with its source beside it"));
  }

  /** How it was measured. */
  static String method() {
    return "An arm that does not accept what is valid, or does not refuse what its guarantees say it refuses, is not measured."
        + " Counts are made on the socket and held against the server's own."
        + " Times are of one thread, in short slices of all arms that are held against each other, in a freshly shuffled order, in several JVMs one after the other: some for tokens and some for stores; between the slices runs a canary."
        + " Values are medians; the range beside a value is its 95 % interval, by a bootstrap that draws JVMs first and slices within each after."
        + " Nothing is left out as an outlier.";
  }
}
