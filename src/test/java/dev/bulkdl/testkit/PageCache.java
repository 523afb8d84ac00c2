package dev.bulkdl.testkit;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** The system's page cache. */
public final class PageCache {
  private PageCache() {}

  /** Skips the calling test if this folder does not support O_DIRECT. */
  public static void assumeAvoidable(Path folder) {
    try {
      Path file = Files.createTempFile(folder, "direct", "");
      try {
        FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT).close();
      } finally {
        Files.delete(file);
      }
    } catch (IOException | UnsupportedOperationException e) {
      Skip.because("writing past the page cache: " + e);
    }
  }

  /**
   * Returns the number of bytes of the file in the page cache. It is empty if the system does not
   * report it, or if the file exists only in memory.
   */
  public static OptionalLong bytesOf(Path file) {
    try {
      if (Files.getFileStore(file).type().equals("tmpfs")) {
        return OptionalLong.empty();
      }
      Process fincore =
          new ProcessBuilder("fincore", "-b", "-n", "-o", "RES", file.toString()).start();
      byte[] said = fincore.getInputStream().readAllBytes();
      return OptionalLong.of(Long.parseLong(new String(said, StandardCharsets.US_ASCII).strip()));
    } catch (IOException e) {
      System.out.println("SKIPPED looking into the page cache: " + e);
      return OptionalLong.empty(); // the program is not installed
    }
  }
}
