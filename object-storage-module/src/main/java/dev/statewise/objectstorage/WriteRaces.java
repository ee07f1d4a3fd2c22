package dev.statewise.objectstorage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.statewise.objectstorage.ObjectFinding.Code;
import dev.statewise.objectstorage.S3Api.Body;
import dev.statewise.objectstorage.S3Api.Part;
import dev.statewise.objectstorage.S3Api.Written;
import dev.statewise.spi.StoreUnavailableException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many writers at once on one object, again and again, and what they were told. */
final class WriteRaces {

  private static final int LONGEST_BODY = 64;

  private final S3Api api;
  private final ObjectNames names;
  private final ObjectDoctor.Scope scope;
  private final ExecutorService threads;
  private final Map<Code, Integer> broken = new EnumMap<>(Code.class);
  private final long begun = System.nanoTime();
  private int rounds;
  private int unanswered;

  private enum Told {
    DONE,
    REFUSED,
    UNANSWERED
  }

  private WriteRaces(
      S3Api api, ObjectNames names, ObjectDoctor.Scope scope, ExecutorService threads) {
    this.api = api;
    this.names = names;
    this.scope = scope;
    this.threads = threads;
  }

  static List<ObjectFinding> run(S3Api api, ObjectNames names, ObjectDoctor.Scope scope) {
    ExecutorService threads = Executors.newFixedThreadPool(scope.writers(), WriteRaces::daemon);
    try {
      WriteRaces races = new WriteRaces(api, names, scope, threads);
      races.run();
      return races.findings();
    } finally {
      threads.shutdownNow();
    }
  }

  private void run() {
    while (rounds < scope.rounds() && System.nanoTime() - begun < scope.within().toNanos()) {
      String name = names.ofTrial();
      try {
        raceCreates(name);
        raceReplaces(name);
        raceADelete(name);
      } finally {
        api.delete(begin(), name);
      }
      rounds++;
    }
  }

  private void raceCreates(String name) {
    long done = done(race(writer -> () -> api.putNew(begin(), name, body(writer))));
    noteIf(done > 1, Code.CREATE_NOT_ATOMIC);
    noteIf(done == 0, Code.WRITES_REFUSED);
  }

  private void raceReplaces(String name) {
    Optional<Part> there = read(name);
    String tag = there.map(Part::entityTag).orElse("");
    if (tag.isEmpty()) {
      noteIf(there.isPresent(), Code.WRITES_REFUSED);
      return; // no create was done, or nothing can be written over
    }
    List<Told> told =
        race(writer -> () -> api.putOver(begin(), name, tag, body(scope.writers() + writer)));
    noteIf(done(told) > 1, Code.REPLACE_NOT_ATOMIC);
    noteIf(done(told) == 0, Code.WRITES_REFUSED);
    if (done(told) == 1 && !told.contains(Told.UNANSWERED)) {
      String winner = text(scope.writers() + told.indexOf(Told.DONE));
      Optional<String> found = read(name).map(part -> new String(part.bytes(), US_ASCII));
      noteIf(!found.equals(Optional.of(winner)), Code.READS_STALE);
    }
  }

  private void raceADelete(String name) {
    String tag = read(name).map(Part::entityTag).orElse("");
    if (tag.isEmpty()) {
      return;
    }
    List<Told> told =
        race(
            writer ->
                () -> {
                  if (writer > 0) {
                    return api.putOver(begin(), name, tag, body(2 * scope.writers() + writer));
                  }
                  api.delete(begin(), name);
                  return Written.DONE;
                });
    // What a delete without an answer has left there was perhaps never deleted.
    noteIf(told.get(0) == Told.DONE && read(name).isPresent(), Code.DELETE_UNDONE);
  }

  private List<ObjectFinding> findings() {
    List<ObjectFinding> findings = new ArrayList<>();
    if (broken.getOrDefault(Code.WRITES_REFUSED, 0) < rounds) {
      broken.remove(Code.WRITES_REFUSED); // all of a round may meet 409
    }
    broken.forEach(
        (code, times) -> findings.add(found(code, "In %d of %d rounds.".formatted(times, rounds))));
    findings.add(found(Code.RACED, "%d rounds of %d writers.".formatted(rounds, scope.writers())));
    if (unanswered > 0) {
      findings.add(found(Code.WRITES_UNANSWERED, "%d writes got none.".formatted(unanswered)));
    }
    if (rounds < scope.rounds()) {
      findings.add(
          found(
              Code.TIME_RAN_OUT,
              "%d of %d rounds were run within %s."
                  .formatted(rounds, scope.rounds(), scope.within())));
    }
    return findings;
  }

  private ObjectFinding found(Code code, String seen) {
    return new ObjectFinding(code, api.endpoint(), seen);
  }

  private void noteIf(boolean seen, Code code) {
    if (seen) {
      broken.merge(code, 1, Integer::sum);
    }
  }

  /** What each writer was told, all of them at once; UNANSWERED if it was told nothing. */
  private List<Told> race(IntFunction<Callable<Written>> writing) {
    CyclicBarrier start = new CyclicBarrier(scope.writers());
    List<Future<Written>> writers = new ArrayList<>();
    for (int writer = 0; writer < scope.writers(); writer++) {
      Callable<Written> write = writing.apply(writer);
      writers.add(threads.submit(() -> together(start, write)));
    }
    List<Told> told = new ArrayList<>();
    for (Future<Written> writer : writers) {
      told.add(answer(writer));
    }
    return told;
  }

  private static Written together(CyclicBarrier start, Callable<Written> write) throws Exception {
    start.await();
    return write.call();
  }

  private Told answer(Future<Written> writer) {
    try {
      return writer.get() == Written.DONE ? Told.DONE : Told.REFUSED;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailableException) {
        unanswered++;
        return Told.UNANSWERED;
      }
      throw new IllegalStateException("A race could not be run.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(
          "EXAMINE on %s was interrupted, so no promise is confirmed.".formatted(api.endpoint()),
          null);
    }
  }

  private Optional<Part> read(String name) {
    return api.begin(begin(), name, LONGEST_BODY);
  }

  private static long done(List<Told> told) {
    return told.stream().filter(answer -> answer == Told.DONE).count();
  }

  private static Body body(int writer) {
    return Body.of(text(writer).getBytes(US_ASCII));
  }

  private static String text(int writer) {
    return "written by " + writer;
  }

  private Call begin() {
    return api.begin("EXAMINE", ObjectSessionStore.DEFAULT_DEADLINE);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "statewise-doctor");
    thread.setDaemon(true);
    return thread;
  }
}
