package dev.statewise.benchmarks.jmh;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.Arms;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Server;
import dev.statewise.benchmarks.experiment.Group;
import dev.statewise.benchmarks.experiment.RejectionTasks;
import dev.statewise.benchmarks.experiment.TimedTasks;
import dev.statewise.benchmarks.experiment.ValidationTasks;
import dev.statewise.benchmarks.rig.Task;
import dev.statewise.benchmarks.run.GateOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One task of the paired rig, alone: built, asked at its gate, and done again and again. Used by
 * one thread.
 */
final class ArmTask implements AutoCloseable {

  /** How many credentials are validated in turn, except in object storage, which has 64. */
  static final int POOL = 1_024;

  private static final String KEYS = "jmh:";

  private final ServersForFork servers;
  private final TimedTasks built;
  private final Task task;
  private int next;

  private ArmTask(ServersForFork servers, TimedTasks built, Task task) {
    this.servers = servers;
    this.built = built;
    this.task = task;
  }

  /**
   * What an arm, a floor or a peer does at an operation, as experiment E1 times it.
   *
   * @throws IllegalArgumentException if there is no such thing
   */
  static ArmTask ofValidation(String name, String operation) {
    Optional<PeerArm> peer = Choice.peers().filter(one -> one.name().equals(name)).findFirst();
    List<Arm> arms = peer.isPresent() ? List.of() : List.of(arm(name));
    Optional<Server> server =
        peer.isPresent()
            ? Optional.of(Server.REDIS).filter(redis -> peer.get().needsServer())
            : arms.get(0).needs();
    return in(
        ServersForFork.with(server),
        servers ->
            ValidationTasks.build(
                Group.ALL, arms, peer.stream().toList(), servers.servers(), KEYS, POOL),
        name,
        operation);
  }

  /**
   * What an arm does with what it is shown, as experiment E4 times it.
   *
   * @param refusal the arm's name, a slash, and what it is shown
   * @throws IllegalArgumentException if there is no such thing
   */
  static ArmTask ofRefusal(String refusal) {
    Choice.REFUSAL.require(refusal);
    int slash = refusal.indexOf('/');
    String name = refusal.substring(0, slash);
    Arm arm = named(name);
    return in(
        ServersForFork.with(arm.needs()),
        servers -> RejectionTasks.build(List.of(arm), servers.servers(), KEYS, POOL),
        name,
        refusal.substring(slash + 1));
  }

  private static ArmTask in(
      ServersForFork servers,
      Function<ServersForFork, TimedTasks> building,
      String arm,
      String operation) {
    TimedTasks built = building.apply(servers);
    built.gate().stream()
        .filter(outcome -> !outcome.passed())
        .findFirst()
        .ifPresent(outcome -> refuse(outcome));
    return new ArmTask(
        servers,
        built,
        built.tasks().stream()
            .filter(task -> task.arm().equals(arm) && task.operation().equals(operation))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has no operation '%s' to time.".formatted(arm, operation))));
  }

  private static void refuse(GateOutcome outcome) {
    throw new IllegalStateException(
        "%s was asked whether it %s and answered: %s. It must be: %s. It is not timed."
            .formatted(outcome.arm(), outcome.question(), outcome.seen(), outcome.expected()));
  }

  /** The arm that brings it: itself, in another manner, beneath it, or once more. */
  private static Arm arm(String name) {
    Choice.ARM.require(name);
    return Arms.withVariants(Arms.all()).stream()
        .filter(arm -> arm.name().equals(name))
        .findFirst()
        .map(arm -> named(arm.variantOf().orElse(name)))
        .orElseGet(() -> name.equals(Arms.AA) ? named(Arms.DUPLICATED) : above(name));
  }

  private static Arm named(String name) {
    return Arms.all().stream()
        .filter(arm -> arm.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no arm '" + name + "'."));
  }

  /** The arm that a floor is beneath. */
  private static Arm above(String floor) {
    return Arms.all().stream()
        .filter(arm -> arm.floor().equals(Optional.of(floor)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no floor '" + floor + "'."));
  }

  /** Brings about what an iteration is to find. */
  void prepare() {
    task.beforeSlice().run();
  }

  /**
   * Does it once.
   *
   * @throws IllegalStateException if the answer was not the expected one
   */
  int once() {
    int answer = task.body().once(next++);
    if (answer < 0) {
      throw new IllegalStateException(
          "%s did not answer %s as it must, so its time says nothing."
              .formatted(task.arm(), task.operation()));
    }
    return answer;
  }

  @Override
  public void close() {
    built.close();
    servers.close();
  }
}
