package dev.statewise.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * One run of a kit against something, by the numbers of the rules.
 *
 * @param passed the rules that held
 * @param failed the rules that did not
 * @param skipped the rules that did not apply
 */
record KitRun(Set<String> passed, Set<String> failed, Set<String> skipped) {

  /** Which breaker the case is to open; of none, what is healthy. */
  static final String BROKEN = "statewise.broken";

  /** Enough for a breaker, which loses every race and not one in a thousand. */
  static final int RACES = 6;

  static KitRun of(Class<?> kit, String broken) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(kit))
            .configurationParameter(BROKEN, broken)
            .execute()
            .testEvents();
    return new KitRun(rules(tests.succeeded()), rules(tests.failed()), rules(tests.aborted()));
  }

  /** Every rule that there is in the kit. */
  Set<String> all() {
    Set<String> all = new TreeSet<>(passed);
    all.addAll(failed);
    all.addAll(skipped);
    return all;
  }

  private static Set<String> rules(Events events) {
    return events.stream().map(KitRun::ruleOf).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String ruleOf(Event event) {
    String sentence = event.getTestDescriptor().getDisplayName();
    return sentence.substring(0, sentence.indexOf(' '));
  }
}
