package dev.bulkdl.transfer;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** The free space in the output folder, cached for 3 seconds. Thread-safe. */
final class FreeSpace {

  private static final Duration FRESH = Duration.ofSeconds(3);

  private final OutputFolder folder;
  private final Ticker ticker;
  private OptionalLong bytes = OptionalLong.empty();
  private long asked;
  private boolean known;

  FreeSpace(OutputFolder folder, Ticker ticker) {
    this.folder = folder;
    this.ticker = ticker;
  }

  /**
   * Returns the free bytes, at most 3 seconds old; empty if the file system does not report them.
   */
  synchronized OptionalLong bytes() {
    if (!known || ticker.nanos() - asked >= FRESH.toNanos()) {
      bytes = ask();
      asked = ticker.nanos();
      known = true;
    }
    return bytes;
  }

  private OptionalLong ask() {
    try {
      long usable = OutputFolder.usable(folder.store());
      return usable == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(usable);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
