package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The way to the device that leaves the system's page cache out, where there is one. */
final class DirectIo {

  private DirectIo() {}

  /**
   * Tries it.
   *
   * @param file the name of one that may be made for it, and is gone afterwards
   * @throws IOException when there is no such way in its folder, or no file can be made there
   */
  static void check(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file);
    try {
      open(file).close();
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException(
          String.format(
              "%s: no way past the page cache (%s); do without --direct",
              FilePaths.folderOf(file), e.getMessage()),
          e);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * A channel that writes whole {@link AlignedBuffers#BLOCK blocks}.
   *
   * @throws IOException when the file system refuses
   * @throws UnsupportedOperationException when it knows no such way, or only for larger blocks
   */
  static FileChannel open(Path path) throws IOException {
    long block = Files.getFileStore(path).getBlockSize();
    if (block <= 0 || AlignedBuffers.BLOCK % block != 0) {
      throw new UnsupportedOperationException("blocks of " + block + " bytes");
    }
    return FileChannel.open(path, StandardOpenOption.WRITE, option(), LinkOption.NOFOLLOW_LINKS);
  }

  /** By its name, since a runtime may lack its module. */
  private static OpenOption option() {
    try {
      return (OpenOption)
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getField("DIRECT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(e);
    }
  }
}
