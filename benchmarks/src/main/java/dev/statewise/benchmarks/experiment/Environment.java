package dev.statewise.benchmarks.experiment;

import dev.statewise.benchmarks.arm.Peers;
import dev.statewise.benchmarks.run.Fact;
import java.io.File;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;

/** The machine and the software of a run, as the tool itself finds them. */
public final class Environment {

  /** What every run must say, or say why it cannot. */
  public static final List<String> REQUIRED =
      List.of(
          "cpu",
          "cores",
          "mem",
          "kernel",
          "virt",
          "governor",
          "jdk",
          "gc",
          "flags",
          "redis",
          "redisLink",
          "postgres",
          "objectStorage",
          "libs",
          "providers",
          "loadBefore",
          "loadAfter",
          "stealBefore",
          "stealAfter",
          "commit",
          "dirty");

  /**
   * What identifies the code that the JVM which compares runs; no file before schema 1.2 has it.
   */
  public static final String BUILD = "build";

  /** The {@code redisLink} of a server on this machine's loopback; any other is a host. */
  public static final String LOOPBACK = "loopback";

  private static final List<String> SIGNATURES =
      List.of("SHA256withRSA", "SHA256withECDSAinP1363Format", "Ed25519");
  private static final String MAC = "HmacSHA256";
  private static final int KIBIBYTES_PER_MEBIBYTE = 1024;

  private final Map<String, Fact> before = new LinkedHashMap<>();

  private Environment() {}

  /**
   * Looks at everything that is looked at before a run.
   *
   * @param redis the server's version and where it came from, or why there is none
   * @param redisLink {@link #LOOPBACK} or the server's host
   * @param others what other servers of the run are, or why there is none, by their names here
   * @param childFlags the flags of the JVMs that measure
   */
  public static Environment before(
      Fact redis, Fact redisLink, Map<String, Fact> others, List<String> childFlags) {
    Environment environment = new Environment();
    Map<String, Fact> facts = environment.before;
    facts.put("cpu", field("/proc/cpuinfo", "model name"));
    facts.put("cores", Fact.known(Runtime.getRuntime().availableProcessors()));
    facts.put("mem", memory());
    facts.put(
        "kernel",
        Fact.known(System.getProperty("os.name") + " " + System.getProperty("os.version")));
    facts.put("virt", virtualisation());
    facts.put("governor", firstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
    facts.put(
        "jdk",
        Fact.known(
            System.getProperty("java.vm.name")
                + " "
                + System.getProperty("java.vm.version")
                + " ("
                + System.getProperty("java.vendor")
                + ")"));
    facts.put("gc", Fact.known(collector(childFlags)));
    facts.put("flags", Fact.known(String.join(" ", childFlags)));
    facts.put("redis", redis);
    facts.put("redisLink", redisLink);
    facts.putAll(new TreeMap<>(others));
    facts.put("libs", libraries());
    facts.put("peers", peers());
    facts.put("providers", Fact.known(providers()));
    facts.put("commit", git("rev-parse", "HEAD"));
    facts.put("dirty", dirty());
    facts.put("loadBefore", load());
    facts.put("stealBefore", steal());
    return environment;
  }

  /** All facts, with those that are looked at after a run. */
  public Map<String, Fact> after() {
    Map<String, Fact> facts = new LinkedHashMap<>(before);
    facts.put("loadAfter", load());
    facts.put("stealAfter", steal());
    return facts;
  }

  /** What measures: the commit, as far as it is known, and the JDK. */
  public static String software() {
    return "commit %s and Java %s"
        .formatted(git("rev-parse", "HEAD").text(), System.getProperty("java.version"));
  }

  private static Fact peers() {
    List<String> families = Peers.libraries();
    return families.isEmpty()
        ? Fact.unknown("no peer's libraries are beside the jar")
        : Fact.known(String.join("; ", families));
  }

  private static Fact memory() {
    Fact total = field("/proc/meminfo", "MemTotal");
    if (total.value() == null) {
      return total;
    }
    long kibibytes = Long.parseLong(total.value().replaceAll("\\D", ""));
    return Fact.known(kibibytes / KIBIBYTES_PER_MEBIBYTE + " MiB");
  }

  private static Fact virtualisation() {
    Fact flags = field("/proc/cpuinfo", "flags");
    if (flags.value() == null) {
      return flags;
    }
    return Fact.known(
        Arrays.asList(flags.value().split(" ", -1)).contains("hypervisor")
            ? "virtual machine"
            : "none seen");
  }

  /** Of the last one, five and fifteen minutes. */
  private static Fact load() {
    Fact line = firstLine("/proc/loadavg");
    return line.value() == null
        ? line
        : Fact.known(
            Arrays.stream(line.value().split(" ", -1)).limit(3).collect(Collectors.joining(" ")));
  }

  /** The eighth number of the first line: ticks that other guests of the host took. */
  private static Fact steal() {
    Fact cpu = firstLine("/proc/stat");
    if (cpu.value() == null) {
      return cpu;
    }
    String[] ticks = cpu.value().trim().split("\\s+", -1);
    return ticks.length > 8
        ? Fact.known(ticks[8] + " ticks")
        : Fact.unknown("/proc/stat does not tell it");
  }

  private static Fact field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .map(Fact::known)
          .orElseGet(() -> Fact.unknown(file + " does not tell it"));
    } catch (IOException e) {
      return Fact.unknown("this system has no " + file);
    }
  }

  private static Fact firstLine(String file) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .findFirst()
          .map(line -> Fact.known(line.strip()))
          .orElseGet(() -> Fact.unknown(file + " is empty"));
    } catch (IOException e) {
      return Fact.unknown("this system has no " + file);
    }
  }

  private static String collector(List<String> childFlags) {
    return childFlags.stream()
        .filter(flag -> flag.matches("-XX:\\+Use.*GC"))
        .map(flag -> flag.substring("-XX:+Use".length()))
        .findFirst()
        .orElseGet(
            () ->
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(GarbageCollectorMXBean::getName)
                    .collect(Collectors.joining(", ")));
  }

  /** The jars on the class path by their file names, which hold the versions. */
  private static Fact libraries() {
    List<String> names = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        names.add(name(entry));
        names.addAll(namedBy(Path.of(entry)));
      }
    }
    return names.isEmpty()
        ? Fact.unknown("the class path has no jars")
        : Fact.known(names.stream().sorted().distinct().collect(Collectors.joining(", ")));
  }

  private static List<String> namedBy(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return Optional.ofNullable(file.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
          .map(path -> Arrays.stream(path.split(" ", -1)).map(Environment::name).toList())
          .orElse(List.of());
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String name(String path) {
    String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return file.endsWith(".jar") ? file.substring(0, file.length() - ".jar".length()) : file;
  }

  private static String providers() {
    Map<String, String> providers = new LinkedHashMap<>();
    try {
      providers.put(MAC, text(Mac.getInstance(MAC).getProvider()));
    } catch (NoSuchAlgorithmException e) {
      providers.put(MAC, "none");
    }
    for (String algorithm : SIGNATURES) {
      try {
        providers.put(algorithm, text(Signature.getInstance(algorithm).getProvider()));
      } catch (NoSuchAlgorithmException e) {
        providers.put(algorithm, "none");
      }
    }
    return providers.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String text(Provider provider) {
    return "%s %s".formatted(provider.getName(), provider.getVersionStr());
  }

  private static Fact dirty() {
    Fact changes = git("status", "--porcelain");
    if (changes.value() != null) {
      return Fact.known("true");
    }
    return "git said nothing".equals(changes.reason()) ? Fact.known("false") : changes;
  }

  /** What git says of the folder that this code lies in. */
  private static Fact git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", home().toString()));
    command.addAll(List.of(arguments));
    try {
      Process git = new ProcessBuilder(command).redirectErrorStream(false).start();
      git.getOutputStream().close();
      String answer =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!git.waitFor(10, TimeUnit.SECONDS) || git.exitValue() != 0) {
        return Fact.unknown("this is no git checkout");
      }
      return answer.isEmpty() ? Fact.unknown("git said nothing") : Fact.known(answer);
    } catch (IOException e) {
      return Fact.unknown("git is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Fact.unknown("interrupted while git was asked");
    }
  }

  private static Path home() {
    String first = System.getProperty("java.class.path").split(File.pathSeparator, -1)[0];
    Path folder = Path.of(first).toAbsolutePath().getParent();
    return folder == null ? Path.of(".") : folder;
  }
}
