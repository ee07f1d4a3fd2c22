package dev.statewise.benchmarks.experiment;

import java.util.List;
import java.util.Optional;

/**
 * The questions: what is claimed, what we expected before measuring, and what the answer does not
 * show.
 *
 * <p>No number here is a result. Hypotheses are predictions and stay as they were written.
 */
public enum Question {
  /** Is the machine quiet enough. */
  E0(
      "Noise floor",
      "These numbers mean something.",
      "An arm and its duplicate cost the same, and the canary between the slices keeps its pace.",
      "Whether the whole machine is slower than usual: a quiet slow machine passes."),
  /** What a validation costs. */
  E1(
      "Cost of one validation",
      "Stateless sessions pay for validation again and again: in CPU time a token is dearer to validate than a Redis session, client and server together, and a session in memory is cheaper than every token.",
      "In CPU time memory is far below HS256, HS256 is below Redis (client and server together), RS256 is about there, and ES256 and Ed25519 on the JDK's own provider are far above.",
      "Anything but one thread. A network between client and Redis adds its round trip to the elapsed time and not to the CPU time. Kernel time of the network stack that is charged to nobody is not in it. The verdict is on tokens that are verified anew each time; what remembering them changes is in the rows that end in -first and -seen. Tokens and stores were timed in JVMs of their own: between them are medians to compare, and no ratio."),
  /** What a signature costs by algorithm, provider and JDK. */
  E2(
      "Algorithm, provider and JDK",
      "Asymmetric tokens are expensive.",
      "On one JDK the provider changes what ES256 costs to verify by more than ten times, and another JDK changes its own by less than two.",
      "A whole validation: only the signature is here, over as many bytes as a typical token has, by one object that is used again and again, with keys made before. Other machines: native code uses what the processor has. Providers that are not beside the jar."),
  /** What a token costs by its size. */
  E3(
      "Cost by the size of a token",
      "Bigger tokens cost CPU.",
      "HS256 costs in a straight line with the size, between 2 and 10 ns a byte; an asymmetric token on the JDK's own provider costs the same at every size within a tenth, for its signature is dearer than its bytes.",
      "What it costs to send and to receive the bytes. Tokens that are remembered: what was seen before is looked up. Other people's libraries."),
  /** What it costs to refuse a credential. */
  E4(
      "Cost of refusing",
      "What is invalid is cheap: to refuse a bad credential costs a server next to nothing.",
      "A token with a bad signature costs as much as a good one; what has not the form of a credential is refused within a microsecond, and what is oversized as fast; a random session id costs Redis as much as a good one.",
      "What it takes to send and to receive a request, which for 50 MB is far more than to refuse it, and what a server does before it asks for the session. That an attacker may send one text again and again, which makes it for nothing. Making is timed in Java, by the cheapest way we know; a graphics card signs faster."),
  /** What a lookup in memory costs by the number of live sessions. */
  E5(
      "Lookups against live sessions",
      "Stateful is faster to access, whatever the number of users.",
      "A validation in memory costs more with the number of live sessions, for what is looked up is no longer in the processor's caches: from ten thousand to a million sessions at most six times, as a bare map does.",
      "Several threads at once. A heap that is nearly full. Sessions larger than a cache line or two are not read whole here."),
  /** What an operation asks of a store. */
  E6(
      "Commands and round trips to the store",
      "A shared store adds a hop to every request, and so does a revocation list.",
      "A validation is exactly 1 command and 1 round trip for redis and for hybrid, and none for memory and for plain tokens.",
      "How long a round trip takes. Connecting, handshakes and the first load of a script are not counted, nor is what an arm listens on beside requests to hear of changes: they are not an operation's own."),
  /** What a validation allocates. */
  E7(
      "Allocation and the collector's share",
      "Tokens make garbage, and stores do not.",
      "A validation of an HS256 token allocates at most 3 KB, one in memory a tenth of that, and one in Redis about as much as a token; asymmetric tokens on the JDK's own provider allocate tens of KB.",
      "What the garbage costs a service with a large live heap: here nearly everything dies young, in a serial collector."),
  /** What a credential adds to a request. */
  E8(
      "Bytes of a request on HTTP/1.1",
      "Tokens make requests larger.",
      "A session id's cookie line is 60 bytes whatever the state; a typical token is several times that, more with RS256's long signature, and grows with the state until it no longer fits.",
      "HTTP/2, where a header that repeats may cost one byte; responses; cookies sent along to static files."),
  /** What a credential adds to a request on HTTP/2. */
  E9(
      "Bytes of a credential on HTTP/2",
      "Tokens make every request larger.",
      "A header that is indexed costs one or two bytes on every repeat, whatever its size, until it no longer fits the table of 4,096 bytes; then it costs all its bytes each time. Never indexed, it costs all of them always. On a connection that many users share, the table holds a few tokens or some forty ids.",
      "What real clients choose: the encoder here is Netty's, told to index or never to. HTTP/3, whose table is acknowledged and so lags. A header that is sent in cleartext could be guessed through compression, which is why some clients never index it (RFC 7541, section 7.1.3)."),
  /** How large a header line real servers accept. */
  E10(
      "Header limits of real servers",
      "A token may not fit.",
      "Servers refuse a header line somewhere between 8 and 16 KB in their defaults, with 400 or 431; the JDK's own accepts hundreds of KB. A typical token fits all of them; one with a few hundred groups fits none of the smallest.",
      "Load balancers and services that are not installed here; what is quoted of them is marked CITED. Limits that were configured. Limits of responses, which carry Set-Cookie."),
  /** What a revocation list costs. */
  E20(
      "Economics of a revocation list",
      "JWT plus a Redis blacklist is a session store again.",
      "Asked on every request, the list makes as many round trips as sessions in Redis do, and holds hundreds of times less, for only what was revoked and has not expired is in it; followed by each node, it makes none. A longer life of tokens makes fewer renewals and a longer list.",
      "Latency. A Redis that is shared with others. How often people log out: the rates are assumptions, written beside the numbers, and the sizes between the measured ones are a formula."),
  /** What state costs by its size, where it is kept. */
  E26(
      "State by size",
      "State can be pushed out to Redis, a database or object storage whatever its size: it is the trip that costs.",
      "Memory costs the same at every size. Outside, a request costs what asking costs up to some ten KiB and twice that somewhere from 1 to 64 KiB; from there on it costs as the bytes do, and to change one attribute of sixteen sends all of them.",
      "A network: on loopback bytes cost CPU and hardly time. What a disk adds where a store waits for it: H2 and the S3 API, which stands in for a real one, keep all in memory. Stores that can change a part of a value; none of these is asked to. Text that compresses: this does not. More than one client at a time."),
  /** What it costs a store that sessions end when they are idle. */
  E27(
      "Writes for sliding expiry",
      "A session that slides is a write on every request.",
      "With touches thinned, at most one request in ten writes at a request every few seconds, and a validation stays one command; touching always doubles the commands; peers that save on every request make four to eight.",
      "What the write costs on a disk or a replica. How much later an idle session may end for it: that is the idle precision, which stands beside each arm."),
  /** What a session takes in memory. */
  E28(
      "Memory of a session",
      "Sessions on a server cost memory.",
      "A session with five attributes takes about 250 bytes of heap and as much in Redis, a quarter of what Spring Session takes there; a refusal in a revocation list takes about 130.",
      "Fragmentation of a store that has run for weeks, replicas, and the room that a copy-on-write snapshot needs. State that is larger than five short attributes."),
  /** What becomes of state in races and replays. */
  E29(
      "Concurrency and replay",
      "State in the client is as good as state on the server.",
      "A token that carries state accepts an older one that is shown again, and of two requests at once it loses one's change, each time; a store that compares versions accepts no old state and loses nothing unnoticed. Peers that save what they hold bring an ended session back, or lose a change without a word.",
      "How often such races happen in an application: every one of them is provoked here, in each order of steps. Storage that loses what it acknowledged.");

  private final String title;
  private final String claim;
  private final String hypothesis;
  private final String doesNotShow;

  Question(String title, String claim, String hypothesis, String doesNotShow) {
    this.title = title;
    this.claim = claim;
    this.hypothesis = hypothesis;
    this.doesNotShow = doesNotShow;
  }

  /** The question of an experiment's id; empty for an id that this version does not know. */
  public static Optional<Question> of(String id) {
    return List.of(values()).stream().filter(question -> question.name().equals(id)).findFirst();
  }

  public String title() {
    return title;
  }

  public String doesNotShow() {
    return doesNotShow;
  }

  public String claim() {
    return claim;
  }

  public String hypothesis() {
    return hypothesis;
  }
}
