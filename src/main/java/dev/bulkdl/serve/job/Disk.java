package dev.bulkdl.serve.job;

import dev.bulkdl.disk.NearestPath;
import dev.bulkdl.disk.OutputFolder;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The free space of disks. */
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
}
