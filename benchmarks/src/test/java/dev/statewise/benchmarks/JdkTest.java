package dev.statewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

  @TempDir Path folder;

  @Test
  @DisplayName("A folder MUST count as a JDK only with its version and what starts it")
  void found() throws IOException {
    assertThat(Jdk.at(folder)).isEmpty();
    Files.writeString(
        folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\nOS_NAME=\"y\"\n");
    assertThat(Jdk.at(folder)).isEmpty();

    Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
    Files.createFile(java);
    assertThat(java.toFile().setExecutable(true)).isTrue();

    assertThat(Jdk.at(folder)).contains(new Jdk(folder, 25));
  }

  @Test
  @DisplayName("The JDK that runs this MUST be the first, and each other one newer than the last")
  void ownFirst() {
    assertThat(Jdk.ownAndNewer()).first().isEqualTo(Jdk.own());
    assertThat(Jdk.ownAndNewer())
        .extracting(Jdk::feature)
        .isSorted()
        .doesNotHaveDuplicates()
        .startsWith(Runtime.version().feature());
  }
}
