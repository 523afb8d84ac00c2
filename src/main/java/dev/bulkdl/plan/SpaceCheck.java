package dev.bulkdl.plan;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.Download;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Checks before any request whether the files fit on the disk, as far as the manifest gives sizes.
 */
public final class SpaceCheck {

  private SpaceCheck() {}

  /**
   * Compares the missing bytes with the free space. The files are checked one by one only if all
   * sizes together exceed it.
   *
   * @return the least number of bytes that the files need, if that is more than the free space
   * @throws IOException if the file system reports an error
   */
  public static OptionalLong needed(ManifestCheck check, OutputFolder folder) throws IOException {
    long usable = folder.usableSpace();
    if (check.knownBytes() <= usable) {
      return OptionalLong.empty();
    }
    long missing = 0;
    try (ManifestRows rows = check.rows()) {
      while (rows.hasNext()) {
        if (rows.next() instanceof ManifestRow.Good good) {
          missing = Sums.plus(missing, missing(good.download(), folder));
        }
      }
    }
    return missing > usable ? OptionalLong.of(missing) : OptionalLong.empty();
  }

  private static long missing(Download download, OutputFolder folder) throws IOException {
    if (download.size().isEmpty() || !(folder.place(download.target()) instanceof Placed.At at)) {
      return 0;
    }
    long whole = at.existing().map(Existing::size).orElse(0L);
    try (PartFile part = folder.part(at.place(), download.source())) {
      return Math.max(0, download.size().getAsLong() - Math.max(whole, part.taken()));
    }
  }
}
