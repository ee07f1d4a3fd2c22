package dev.statewise.benchmarks.report;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that is installed here, with the network off. Nothing is downloaded. */
final class Browser implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Why there is none to start; empty if there is one. */
  static Optional<String> whyUnavailable() {
    return binary().isPresent() && chromedriver().isPresent()
        ? Optional.empty()
        : Optional.of("no Chromium with its chromedriver is installed");
  }

  static Browser start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(binary().orElseThrow());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--force-prefers-reduced-motion",
        "--window-size=1280,900");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    System.setProperty("webdriver.chrome.driver", chromedriver().orElseThrow().getPath());
    Browser browser = new Browser(new ChromeDriver(options));
    browser.command("Network.enable", Map.of());
    browser.command(
        "Network.emulateNetworkConditions",
        Map.of("offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    return browser;
  }

  private static Optional<File> binary() {
    return Optional.ofNullable(System.getProperty("statewise.chromium"))
        .map(File::new)
        .or(() -> NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst());
  }

  private static Optional<File> chromedriver() {
    return Optional.ofNullable(System.getProperty("statewise.chromedriver"))
        .map(File::new)
        .or(() -> onPath("chromedriver"));
  }

  private static Optional<File> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens the page anew, at a place in it: without its script, what was chosen before is gone. */
  void open(Path page, String hash) {
    driver.get("about:blank");
    driver.get(page.toUri() + hash);
  }

  /** As {@link #open}, and waits until its script has drawn what it draws. */
  void openDrawn(Path page, String hash) {
    open(page, hash);
    awaitDrawn();
  }

  void awaitDrawn() {
    await().until(() -> count("html[data-drawn]") == 1);
  }

  /** What a script in the page returns, as text; what is a list, with commas. */
  String ask(String script, Object... arguments) {
    return String.valueOf(driver.executeScript("return String(" + script + ")", arguments));
  }

  /** The number that a script in the page returns. */
  long number(String script, Object... arguments) {
    return Long.parseLong(ask(script, arguments));
  }

  /** A command of the DevTools protocol. */
  void command(String name, Map<String, Object> arguments) {
    driver.executeCdpCommand(name, arguments);
  }

  /** Shows pages as a medium does, with a scheme of colours. */
  void emulate(String media, String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** What the page said on its console since it was asked last. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
