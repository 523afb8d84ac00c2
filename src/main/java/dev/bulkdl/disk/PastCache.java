package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** The way to the device that leaves the system's page cache out, where there is one. */
final class PastCache {

  private PastCache() {}

  /**
   * Tries it, with a file that is gone at once.
   *
   * @throws IOException when there is no such way in this folder
   */
  static void check(Path folder) throws IOException {
    try {
      Path file = folder.resolve("direct");
      open(file, StandardOpenOption.CREATE, StandardOpenOption.DELETE_ON_CLOSE).close();
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException(
          folder + ": its file system has no way past the page cache; do without --direct", e);
    }
  }

  /**
   * A channel that writes whole {@link AlignedBuffers#BLOCK blocks}.
   *
   * @throws IOException when the file system refuses
   * @throws UnsupportedOperationException when it knows no such way, or only for larger blocks
   */
  static FileChannel open(Path path, OpenOption... more) throws IOException {
    long block = Files.getFileStore(Place.folderOf(path)).getBlockSize();
    if (AlignedBuffers.BLOCK % block != 0) {
      throw new UnsupportedOperationException("blocks of " + block + " bytes");
    }
    Set<OpenOption> options = new HashSet<>(Set.of(more));
    Collections.addAll(options, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS, option());
    return FileChannel.open(path, options);
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
