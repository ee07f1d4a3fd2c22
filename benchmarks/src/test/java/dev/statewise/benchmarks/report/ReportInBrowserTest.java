package dev.statewise.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.statewise.benchmarks.run.ArmResult;
import dev.statewise.benchmarks.run.Experiment;
import dev.statewise.benchmarks.run.Run;
import dev.statewise.benchmarks.run.RunFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as a reader has it: in a real Chromium, from a file, with the network off. */
class ReportInBrowserTest {

  private static final Set<String> ARMS =
      Set.of("memory", "redis", "jwt-hs256", "peer-jjwt", "canary", "aa");

  /** About algorithms, and about servers: of these so many results are left, whosever they are. */
  private static final Set<String> OF_OTHERS = Set.of("E2", "E10");

  private static final int FEW = 20;

  @TempDir static Path folder;
  private static Path page;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    Optional<String> absence = Browser.whyUnavailable();
    assumeTrue(absence.isEmpty(), absence.orElse(""));
    page = folder.resolve("report.html");
    Files.writeString(
        page,
        HtmlReport.of(fewArms(RunFile.read(Path.of("results/2026-11-27-standard-1/run.json")))));
    browser = Browser.start();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void asItComes() {
    browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    browser.emulate("", "light");
    browser.console();
  }

  @Test
  @DisplayName("the page MUST load from a file without network, without a word on the console")
  void loads() {
    browser.openDrawn(page, "");

    assertThat(browser.console()).isEmpty();
    long loaded = browser.number("performance.getEntriesByType('resource').length");
    assertThat(loaded).as("what else was asked for").isZero();
  }

  @Test
  @DisplayName("every chart MUST be drawn, and every question of the run have one")
  void draws() {
    browser.openDrawn(page, "");

    int figures = browser.count("figure[data-chart]");
    assertThat(figures).isGreaterThan(8);
    long drawn =
        browser.number(
            "[...document.querySelectorAll('figure[data-chart]')].filter(f => f.querySelector('.plot svg [data-mark]')).length");
    assertThat(drawn).isEqualTo(figures);
    assertThat(browser.count("section.question:not(:has(figure))")).isZero();
  }

  @Test
  @DisplayName("each point of a chart MUST be a number of the page with an id")
  void pointsAreNumbers() {
    browser.openDrawn(page, "");

    String strays =
        browser.ask(
            "[...document.querySelectorAll('[data-mark]')].map(m => m.dataset.mark).filter(id => !document.getElementById(id))");
    assertThat(strays).isEmpty();
  }

  @Test
  @DisplayName("without JavaScript tables MUST be there, and no empty figure or dead control")
  void withoutScript() {
    browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    browser.open(page, "");

    List<WebElement> figures = browser.driver().findElements(By.cssSelector("figure"));
    assertThat(figures)
        .isNotEmpty()
        .allSatisfy(
            figure -> {
              assertThat(figure.findElement(By.cssSelector("td.number")).isDisplayed()).isTrue();
              assertThat(figure.findElement(By.cssSelector(".plot")).isDisplayed()).isFalse();
            });
    assertThat(browser.driver().findElements(By.cssSelector("button")))
        .noneMatch(WebElement::isDisplayed);
  }

  @Test
  @DisplayName(
      "a filter MUST take an arm out of charts and tables, stay in the address and survive a reload")
  void filters() {
    browser.openDrawn(page, "");
    assertThat(points("memory")).isPositive();

    browser.driver().findElement(By.cssSelector("input[name=family][value=memory]")).click();

    assertThat(points("memory")).isZero();
    assertThat(points("redis")).isPositive();
    assertThat(browser.driver().getCurrentUrl()).contains("arms=").doesNotContain("memory");
    browser.driver().navigate().refresh();
    browser.awaitDrawn();
    assertThat(points("memory")).isZero();
    String shown =
        browser.ask("[...document.querySelectorAll('tr[data-arm=memory]')].filter(r => !r.hidden)");
    assertThat(shown).isEmpty();
    browser.driver().findElement(By.cssSelector("#filters button[type=reset]")).click();
    assertThat(points("memory")).isPositive();
    assertThat(browser.driver().getCurrentUrl()).doesNotContain("arms=");
  }

  @Test
  @DisplayName("questions MUST be chosen by the address too")
  void filtersQuestions() {
    browser.openDrawn(page, "#?show=e6");

    assertThat(browser.count("section.question:not([hidden])")).isEqualTo(1);
    assertThat(browser.driver().findElement(By.id("section-e6")).isDisplayed()).isTrue();
  }

  @Test
  @DisplayName("a link to a question or to a number MUST lead there and mark it")
  void deepLinks() {
    browser.openDrawn(page, "#e6");
    assertThat(inView("e6")).isTrue();
    assertThat(browser.count("#section-e6.linked")).isEqualTo(1);

    browser.openDrawn(page, "#e1.strategies.memory.this-process");
    assertThat(inView("e1.strategies.memory.this-process")).isTrue();
    assertThat(browser.count("td.linked")).isEqualTo(1);

    browser.driver().findElement(By.cssSelector(".side a[href='#e8']")).click();
    await().until(() -> inView("e8"));
    assertThat(browser.driver().getCurrentUrl()).endsWith("#e8");
  }

  @Test
  @DisplayName("it MUST be dark where the reader's system is, and as the reader says then")
  void dark() {
    browser.emulate("", "dark");
    browser.openDrawn(page, "");
    assertThat(paper()).as("paper of a dark system").isLessThan(60);

    browser.driver().findElement(By.id("theme")).click();
    assertThat(paper()).as("paper of who wants it light").isGreaterThan(240);
  }

  @Test
  @DisplayName("on paper it MUST be light, with every value open and no controls")
  void print() {
    browser.emulate("print", "dark");
    browser.openDrawn(page, "");

    assertThat(paper()).isGreaterThan(240);
    for (String control : List.of(".side", ".tools", ".figtools", ".skip")) {
      assertThat(browser.driver().findElement(By.cssSelector(control)).isDisplayed())
          .as(control)
          .isFalse();
    }
    long closed =
        browser.number(
            "[...document.querySelectorAll('details.values table')].filter(t => t.getBoundingClientRect().height === 0).length");
    assertThat(closed).as("tables that are closed").isZero();
  }

  @Test
  @DisplayName(
      "the keyboard MUST reach the skip link first, and step through the points of a chart")
  void keyboard() {
    browser.openDrawn(page, "");
    WebElement body = browser.driver().findElement(By.tagName("body"));
    body.sendKeys(Keys.TAB);
    assertThat(browser.driver().switchTo().activeElement().getText())
        .isEqualTo("Skip to the results");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    assertThat(browser.driver().switchTo().activeElement().getAttribute("id")).isEqualTo("main");

    WebElement plot = browser.driver().findElement(By.cssSelector("[id='e1.strategies'] .plot"));
    plot.sendKeys(Keys.ARROW_RIGHT);
    String first = told();
    plot.sendKeys(Keys.ARROW_RIGHT);

    assertThat(first).contains("[CPU]");
    assertThat(told()).contains("[CPU]").isNotEqualTo(first);
    plot.sendKeys(Keys.ENTER);
    assertThat(browser.driver().switchTo().activeElement().getTagName()).isEqualTo("td");
  }

  @Test
  @DisplayName("axe MUST find nothing serious or critical, neither in light nor in dark")
  void accessible() {
    browser.openDrawn(page, "");
    assertThat(grave(new AxeBuilder())).as("in light").isEmpty();

    browser.emulate("", "dark");
    browser.openDrawn(page, "");
    assertThat(grave(new AxeBuilder().withOnlyRules(List.of("color-contrast"))))
        .as("what the dark changes")
        .isEmpty();
  }

  private static List<String> grave(AxeBuilder axe) {
    return axe.analyze(browser.driver()).getViolations().stream()
        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
        .map(ReportInBrowserTest::described)
        .toList();
  }

  private static String described(Rule rule) {
    return "%s at %s".formatted(rule.getId(), rule.getNodes().get(0).getHtml());
  }

  private static String told() {
    return browser.ask("document.getElementById('told').textContent");
  }

  private static long points(String arm) {
    return browser.number(
        "[...document.querySelectorAll('[data-mark]')].filter(m => m.dataset.mark.includes('.' + arguments[0] + '.')).length",
        arm);
  }

  private static boolean inView(String id) {
    return Boolean.parseBoolean(
        browser.ask(
            "(r => r.top >= -2 && r.bottom <= innerHeight + 2)(document.getElementById(arguments[0]).getBoundingClientRect())",
            id));
  }

  /** How bright the page is behind its text, from 0 to 255. */
  private static long paper() {
    return browser.number(
        "Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
  }

  /**
   * Fewer arms, so that what looks at every cell looks at each kind of them and not at thousands.
   */
  private static Run fewArms(Run run) {
    return new Run(
        run.schemaVersion(),
        withoutGate(run.run()),
        run.env(),
        run.noise(),
        run.invariants(),
        run.experiments().stream().map(ReportInBrowserTest::fewArms).toList(),
        run.targets(),
        run.exceptions());
  }

  private static Run.About withoutGate(Run.About run) {
    return new Run.About(
        run.id(),
        run.time(),
        run.tier(),
        run.command(),
        run.seed(),
        run.commit(),
        run.dirty(),
        run.status(),
        run.complete(),
        run.timesReadable(),
        run.forks(),
        run.plannedMinutes(),
        run.minutes(),
        run.policy(),
        run.strategies(),
        run.gate().stream().filter(outcome -> ARMS.contains(outcome.arm())).toList());
  }

  private static Experiment fewArms(Experiment experiment) {
    List<ArmResult> arms = experiment.arms();
    return new Experiment(
        experiment.id(),
        experiment.claim(),
        experiment.hypothesis(),
        experiment.verdict(),
        OF_OTHERS.contains(experiment.id())
            ? arms.stream().limit(FEW).toList()
            : arms.stream().filter(arm -> ARMS.contains(arm.name())).toList());
  }
}
