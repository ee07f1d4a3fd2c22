package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Arm;
import dev.statewise.benchmarks.arm.PeerArm;
import dev.statewise.benchmarks.arm.Servers;
import dev.statewise.benchmarks.rig.Tier;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What an experiment has to work with in the JVM that compares.
 *
 * @param servers those of the run, as far as there are any
 * @param keyPrefix of every key that is written to a store
 * @param seed of every shuffle and resampling
 * @param absence why an arm is not measured, if it is not
 * @param peerAbsence why a peer is not measured, if it is not
 * @param cancelled whether to measure no more: asked between arms, and at least every second
 * @param step told what is measured from now on
 */
public record Lab(
    List<Arm> arms,
    List<PeerArm> peers,
    Servers servers,
    String keyPrefix,
    Tier tier,
    long seed,
    Function<Arm, Optional<String>> absence,
    Function<PeerArm, Optional<String>> peerAbsence,
    BooleanSupplier cancelled,
    Consumer<String> step) {}
