package dev.statewise.objectstorage.guide;

import dev.statewise.SessionListener;
import dev.statewise.SessionPolicy;
import dev.statewise.Sessions;
import dev.statewise.StatefulSessions;
import dev.statewise.objectstorage.ObjectDoctor;
import dev.statewise.objectstorage.ObjectExamination;
import dev.statewise.objectstorage.ObjectSessionStore;
import dev.statewise.objectstorage.ObjectSweeper;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What the guide shows, so that it compiles. Nothing of it is run. */
final class Snippets {

  private Snippets() {}

  static Sessions setUp(SessionPolicy policy, SessionListener listener) {
    S3Client client = S3Client.builder().region(Region.EU_CENTRAL_1).build();
    ObjectSessionStore store =
        ObjectSessionStore.over(client, "my-bucket", "sessions/")
            .assumingReplicated() // on Amazon S3, but for the One Zone classes
            .withFindings(listener::finding);
    Sessions sessions = StatefulSessions.over(store, policy);
    return sessions;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // as in the guide
  static void sweep(
      ObjectSessionStore store,
      SessionPolicy policy,
      ScheduledExecutorService scheduler,
      Logger log) {
    ObjectSweeper sweeper = store.sweeper(InstantSource.system(), policy.maxIdleTimeout());
    Runnable sweep =
        () -> {
          try {
            sweeper.sweep(10_000);
          } catch (RuntimeException e) {
            log.warn("The next sweep goes on from here", e); // thrown on, it would be the last
          }
        };
    scheduler.scheduleWithFixedDelay(sweep, 10, 10, TimeUnit.MINUTES);
  }

  static void doctor(S3Client client, Logger log) {
    ObjectExamination examination = ObjectDoctor.examine(client, "my-bucket");
    if (examination.breaksPromise()) {
      log.error("{}", examination);
    }
  }
}
