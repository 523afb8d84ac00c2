package dev.bulkdl.plan;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Settings;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * What the plans of all rows share. Thread-safe.
 *
 * @param folder looked at, not taken
 * @param hashers how many files may be hashed at one time
 */
record PlanContext(
    TransferContext transfer,
    OutputFolder folder,
    Settings settings,
    RunControl control,
    Semaphore hashers) {

  DiskSettings disk() {
    return settings.disk();
  }

  /** A question to the disk that keeps a processor busy. */
  @FunctionalInterface
  interface Hashing {
    boolean holds() throws IOException;
  }

  /** Hashes when a processor is free for it. */
  boolean hashing(Hashing hashing) throws IOException {
    control.cancellation().interruptibly(hashers::acquire);
    try {
      return hashing.holds();
    } finally {
      hashers.release();
    }
  }
}
