package dev.bulkdl.serve.job;

import dev.bulkdl.disk.NearestPath;
import dev.bulkdl.disk.OutputFolder;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the system says about disks and files. */
final class Disk {

  private Disk() {}

  /**
   * Returns the bytes that can be written where this folder is or will be; empty if the file system
   * does not say.
   */
  static OptionalLong free(Path folder) {
    try {
      FileStore store = Files.getFileStore(NearestPath.existing(folder.toAbsolutePath()));
      long free = OutputFolder.usable(store);
      return free == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(free);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns when a file got its name or was last changed, by the clock of this machine; empty if
   * there is none. The time that a server gave to the file does not count.
   */
  static Optional<Instant> named(Path file) {
    boolean tells = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    try {
      return Files.getAttribute(file, tells ? "unix:ctime" : "creationTime") instanceof FileTime at
          ? Optional.of(at.toInstant())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
