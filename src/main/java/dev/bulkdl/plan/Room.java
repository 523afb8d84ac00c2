package dev.bulkdl.plan;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.model.DiskSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.util.List;

/**
 * What a plan needs of one file system, in bytes.
 *
 * @param folder a folder on it, as the user knows it
 * @param needed at the least: files of unknown size are not in it
 */
public record Room(Path folder, long needed, long usable) {

  /**
   * Compares a plan with the file system of the output folder, and with that of the partial files
   * where it is another one.
   *
   * @throws IOException when a file system does not tell
   */
  public static List<Room> of(PlanTotals totals, OutputFolder folder, DiskSettings settings)
      throws IOException {
    FileStore store = folder.store();
    FileStore partStore = folder.partStore();
    SpaceNeed space = totals.space();
    if (store.equals(partStore)) {
      return List.of(new Room(settings.outputDir(), space.together(), store.getUsableSpace()));
    }
    return List.of(
        new Room(settings.outputDir(), space.complete(), store.getUsableSpace()),
        new Room(
            settings.tempDir().orElse(settings.outputDir()),
            space.partial(),
            partStore.getUsableSpace()));
  }

  /** Bytes that are lacking, 0 if the plan fits. */
  public long lacking() {
    return Math.max(0, needed - usable);
  }

  public boolean suffices() {
    return lacking() == 0;
  }
}
