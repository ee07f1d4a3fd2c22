package dev.statewise.benchmarks.rig;

import java.io.IOException;
import java.io.InputStream;

/** The JVM that started this one. */
public final class ParentJvm {

  private ParentJvm() {}

  /** Ends this JVM at once when what comes from its parent does, so that it never outlives it. */
  public static void endWith(InputStream fromParent) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (fromParent.read() >= 0) {
                  // the parent says nothing; it only stays
                }
              } catch (IOException e) {
                // gone as well
              }
              Runtime.getRuntime().halt(1);
            },
            "ends with its parent");
    watch.setDaemon(true);
    watch.start();
  }
}
