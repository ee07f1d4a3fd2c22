package dev.statewise.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a tar archive that xz compressed: files, directories and symbolic links, with the owner's
 * right to execute. Whatever else one may hold is refused, long names among it.
 */
final class TarXz {
  private static final int BLOCK = 512;

  private final InputStream archive;
  private final Path into;

  private TarXz(InputStream archive, Path into) {
    this.archive = archive;
    this.into = into;
  }

  static void unpack(InputStream compressed, Path into) throws IOException {
    try (InputStream archive = new BufferedInputStream(new XZInputStream(compressed), 1 << 16)) {
      new TarXz(archive, into).unpack();
    }
  }

  private void unpack() throws IOException {
    byte[] header = archive.readNBytes(BLOCK);
    while (header.length == BLOCK && header[0] != 0) {
      one(header);
      header = archive.readNBytes(BLOCK);
    }
  }

  private void one(byte[] header) throws IOException {
    Path path = inside(text(header, 0, 100));
    char kind = (char) header[156];
    switch (kind) {
      case '5' -> Files.createDirectories(path);
      case '2' -> {
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(text(header, 157, 100)));
      }
      case '0', '\0' -> file(path, octal(header, 124, 12), (octal(header, 100, 8) & 0100) != 0);
      default ->
          throw new IOException(
              "The archive holds %s, of the kind '%s', which is not unpacked."
                  .formatted(path, kind));
    }
  }

  private Path inside(String name) throws IOException {
    Path path = into.resolve(name).normalize();
    if (!path.startsWith(into)) {
      throw new IOException("The archive holds " + name + ", which lies outside of it.");
    }
    return path;
  }

  private void file(Path path, long size, boolean isExecutable) throws IOException {
    Files.createDirectories(path.getParent());
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] piece = new byte[1 << 16];
      for (long left = size; left > 0; ) {
        int read = archive.read(piece, 0, (int) Math.min(piece.length, left));
        if (read < 0) {
          throw new IOException("The archive ends within " + path);
        }
        out.write(piece, 0, read);
        left -= read;
      }
    }
    archive.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    if (isExecutable && !path.toFile().setExecutable(true)) {
      throw new IOException(
          "%s cannot be made executable. Point java.io.tmpdir at a place where it can."
              .formatted(path));
    }
  }

  private static long octal(byte[] header, int at, int length) throws IOException {
    String digits = text(header, at, length).strip();
    try {
      return Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("The archive has a header with \"" + digits + "\" for a number.", e);
    }
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, UTF_8);
  }
}
