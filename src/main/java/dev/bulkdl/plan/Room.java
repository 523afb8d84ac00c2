package dev.bulkdl.plan;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.util.List;

/**
 * The space that a plan needs on one file system, in bytes.
 *
 * @param folder a folder on it, as the user named it
 * @param needed the least space; files of unknown size are not included
 * @param usable the free space; {@link Long#MAX_VALUE} if the file system does not report it
 */
public record Room(Path folder, long needed, long usable) {

  /**
   * Compares a plan with the file system of the output folder, and with that of the partial files
   * if it is another one.
   *
   * @throws IOException if a file system reports an error
   */
  public static List<Room> of(PlanTotals totals, OutputFolder folder, DiskSettings settings)
      throws IOException {
    FileStore store = folder.store();
    FileStore partStore = folder.partStore();
    SpaceNeed space = totals.space();
    if (store.equals(partStore)) {
      return List.of(new Room(settings.outputDir(), space.together(), OutputFolder.usable(store)));
    }
    return List.of(
        new Room(settings.outputDir(), space.complete(), OutputFolder.usable(store)),
        new Room(
            settings.tempDir().orElse(settings.outputDir()),
            space.partial(),
            OutputFolder.usable(partStore)));
  }

  /** The missing bytes; 0 if the plan fits. */
  public long lacking() {
    return Math.max(0, needed - usable);
  }

  public boolean suffices() {
    return lacking() == 0;
  }
}
