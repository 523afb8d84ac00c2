package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens channels with O_DIRECT, which bypasses the page cache. */
final class DirectIo {

  private DirectIo() {}

  /**
   * Checks that O_DIRECT works in a folder.
   *
   * @param file a file to create and delete for the check
   * @throws IOException if the folder's file system does not support O_DIRECT, or no file can be
   *     made there
   */
  static void check(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file);
    try {
      open(file).close();
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException(
          String.format(
              "%s: O_DIRECT is not possible here (%s); do without --direct",
              FilePaths.folderOf(file), e.getMessage()),
          e);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Opens a channel that writes whole {@link AlignedBuffers#BLOCK blocks}.
   *
   * @throws IOException if the file system refuses
   * @throws UnsupportedOperationException if O_DIRECT is not available, or only with larger blocks
   */
  static FileChannel open(Path path) throws IOException {
    long block = Files.getFileStore(path).getBlockSize();
    if (block <= 0 || AlignedBuffers.BLOCK % block != 0) {
      throw new UnsupportedOperationException("blocks of " + block + " bytes");
    }
    return FileChannel.open(path, StandardOpenOption.WRITE, option(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Looked up by name, because the runtime can lack the module jdk.unsupported. */
  private static OpenOption option() {
    try {
      return (OpenOption)
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getField("DIRECT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(e);
    }
  }
}
