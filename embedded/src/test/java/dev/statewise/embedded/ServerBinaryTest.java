package dev.statewise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ServerBinaryTest {
  private final String named = System.getProperty(ServerBinary.PROPERTY, "");

  @AfterEach
  void restore() {
    System.setProperty(ServerBinary.PROPERTY, named);
  }

  @ParameterizedTest(name = "a server MUST be bundled for {0} on {1}")
  @CsvSource({
    "Linux, amd64",
    "Linux, aarch64",
    "Linux, i386",
    "Mac OS X, x86_64",
    "Mac OS X, aarch64"
  })
  void bundled(String os, String arch) {
    assertThat(ServerBinary.whyUnavailable("", os, arch)).isEmpty();
  }

  @ParameterizedTest(name = "without a server for {0} on {1} one line MUST say what to do")
  @CsvSource({"Linux, riscv64", "Windows 11, amd64"})
  void saysWhatToDo(String os, String arch) {
    String reason = ServerBinary.whyUnavailable(" ", os, arch).orElseThrow();

    assertThat(reason).contains(os, arch, "-Dstatewise.redis.exe=PATH").doesNotContain("\n");
  }

  @Test
  @DisplayName("an executable that is named MUST be used, on any system")
  void usesTheNamedOne(@TempDir Path folder) throws IOException {
    Path executable = Files.createFile(folder.resolve("my-redis-server"));
    assertThat(executable.toFile().setExecutable(true)).isTrue();
    System.setProperty(ServerBinary.PROPERTY, executable.toString());

    assertThat(ServerBinary.whyUnavailable(executable.toString(), "Windows 11", "amd64")).isEmpty();
    assertThat(ServerBinary.in(folder)).isEqualTo(executable);
  }

  @Test
  @DisplayName("a named executable that is none MUST be refused by name, before anything is made")
  void refusesWhatIsNotExecutable() {
    System.setProperty(ServerBinary.PROPERTY, "/no/such/redis-server");

    String reason = RedisServer.whyUnavailable().orElseThrow();

    assertThat(reason).contains("/no/such/redis-server").doesNotContain("\n");
    assertThatThrownBy(RedisServer::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(reason);
  }
}
