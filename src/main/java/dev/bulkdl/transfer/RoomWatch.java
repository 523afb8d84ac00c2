package dev.bulkdl.transfer;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.model.Failure;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops content of unknown length before it fills the disk, because the run's reports need space
 * there too. Not thread-safe: one thread uses it.
 */
final class RoomWatch {

  private static final long LOOK_EVERY = 1L << 20;
  private static final long LEAST_RESERVE = 1L << 20;
  private static final long MOST_RESERVE = 64L << 20;
  private static final long SHARE_OF_DISK = 20;

  private final OutputFolder folder;
  private @Nullable FileStore store;
  private long reserve;
  private long unseen;

  RoomWatch(OutputFolder folder) {
    this.folder = folder;
  }

  /** Call it after these bytes were written. Returns a failure if too little space is left. */
  Optional<Failure> wrote(int bytes) throws IOException {
    unseen += bytes;
    if (unseen < LOOK_EVERY) {
      return Optional.empty();
    }
    unseen = 0;
    long usable = OutputFolder.usable(store());
    return usable >= reserve
        ? Optional.empty()
        : Optional.of(
            new Failure.Disk(
                "the server does not state the length, and only "
                    + usable
                    + " bytes are free on its disk; free some space, or set a limit with"
                    + " --max-file-size",
                true));
  }

  private FileStore store() throws IOException {
    FileStore known = store;
    if (known == null) {
      known = folder.partStore();
      reserve = reserve(known.getTotalSpace());
      store = known;
    }
    return known;
  }

  /** Returns the space to keep free, in bytes: a twentieth of the disk, within bounds. */
  static long reserve(long total) {
    return Math.clamp(total / SHARE_OF_DISK, LEAST_RESERVE, MOST_RESERVE);
  }
}
