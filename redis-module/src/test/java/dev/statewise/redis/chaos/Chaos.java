package dev.statewise.redis.chaos;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks the experiments with a fault; their outcomes go to the {@link Ledger}. */
@Tag("chaos")
@ExtendWith(LedgerKeeper.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Chaos {}
