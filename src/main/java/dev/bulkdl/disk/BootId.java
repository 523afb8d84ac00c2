package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.time.Instant;

/**
 * Identifies the current boot of the machine. Data that an earlier boot did not sync can be lost.
 */
final class BootId {

  private static final String LINUX = "/proc/sys/kernel/random/boot_id";
  private static final long FIRST_PROCESS = 1;

  private BootId() {}

  /**
   * Returns the kernel's boot id, else the start time of process 1. If neither is known, returns an
   * id that only this process has, so that unsynced data of other processes is never trusted.
   *
   * @param system the file system on which the kernel's file is read
   */
  static String id(FileSystem system) {
    try {
      return Files.readString(system.getPath(LINUX)).strip();
    } catch (IOException e) {
      return ProcessHandle.of(FIRST_PROCESS)
          .flatMap(first -> first.info().startInstant())
          .map(Instant::toString)
          .orElseGet(() -> "process " + ProcessHandle.current().info().startInstant());
    }
  }
}
