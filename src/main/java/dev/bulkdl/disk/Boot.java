package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which boot of the machine this is: what an earlier one had not forced may be lost. */
public final class Boot {

  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private Boot() {}

  /**
   * The kernel's id of this boot; where there is none, one that never equals another boot's for
   * sure.
   */
  public static String id() {
    try {
      return Files.readString(LINUX).strip();
    } catch (IOException e) {
      return "since " + ProcessHandle.current().pid() + " of an unknown boot";
    }
  }
}
