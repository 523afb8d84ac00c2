package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.time.Instant;

/** Which boot of the machine this is: what an earlier one had not forced may be lost. */
final class BootId {

  private static final String LINUX = "/proc/sys/kernel/random/boot_id";
  private static final long FIRST_PROCESS = 1;

  private BootId() {}

  /**
   * The kernel's id of this boot, else the start of the machine's first process; where neither is
   * told, an id that no other process has, so that nothing is believed that may be lost.
   *
   * @param system of the machine in question
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
