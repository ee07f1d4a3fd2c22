package dev.statewise.redis.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Measures the harness itself while experiments run, and writes the ledger when all have. */
final class LedgerKeeper implements BeforeAllCallback {

  private static final Namespace OWN = Namespace.create(LedgerKeeper.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getRoot().getStore(OWN).computeIfAbsent(Run.class, key -> new Run(), Run.class);
  }

  private static final class Run implements AutoCloseable {

    private final long began = System.nanoTime();
    private final String commit = Environment.commit();
    private final Stalls stalls = Stalls.watch();

    @Override
    public void close() {
      stalls.close();
      try {
        Page.of(Environment.of(commit, System.nanoTime() - began), stalls.seen()).write();
      } catch (IOException e) {
        throw new UncheckedIOException("the ledger of the faults could not be written", e);
      }
    }
  }
}
