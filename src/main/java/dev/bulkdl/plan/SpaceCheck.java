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
 * Whether files fit on the disk, as far as the manifest's own sizes tell: asked before any request.
 */
public final class SpaceCheck {

  private SpaceCheck() {}

  /**
   * Compares what is missing of the files with the space that is free. Only where the sizes
   * together exceed it is each file looked at.
   *
   * @return how many bytes the files need at least, if they are more than are free
   * @throws IOException when the file system cannot be asked
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
