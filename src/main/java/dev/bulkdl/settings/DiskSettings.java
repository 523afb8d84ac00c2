package dev.bulkdl.settings;

import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.SyncPolicy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where files go, and how they are written.
 *
 * @param outputDir the output folder; it is created if it does not exist
 * @param tempDir the folder for partial files, which may be on another file system; empty for the
 *     folder of the final file
 * @param existing what may be done with existing files
 * @param sync the files that are synced to the device before they get their final name
 * @param preallocate true if the space of large files is allocated before their bytes arrive, if
 *     the file system can do that
 * @param writeMode how bytes are written; anything but {@link WriteMode#DISK} is for measurements
 */
public record DiskSettings(
    Path outputDir,
    Optional<Path> tempDir,
    ExistingPolicy existing,
    SyncPolicy sync,
    boolean preallocate,
    WriteMode writeMode) {

  /** Returns the defaults for an output folder. */
  public static DiskSettings in(Path outputDir) {
    return new DiskSettings(
        outputDir,
        Optional.empty(),
        ExistingPolicy.DEFAULTS,
        SyncPolicy.LARGE,
        true,
        WriteMode.AUTO);
  }

  public DiskSettings withTempDir(Path folder) {
    Optional<Path> other = Optional.of(folder);
    return new DiskSettings(outputDir, other, existing, sync, preallocate, writeMode);
  }

  public DiskSettings with(ExistingPolicy other) {
    return new DiskSettings(outputDir, tempDir, other, sync, preallocate, writeMode);
  }

  public DiskSettings with(SyncPolicy other) {
    return new DiskSettings(outputDir, tempDir, existing, other, preallocate, writeMode);
  }

  public DiskSettings withPreallocate(boolean wanted) {
    return new DiskSettings(outputDir, tempDir, existing, sync, wanted, writeMode);
  }

  public DiskSettings with(WriteMode other) {
    return new DiskSettings(outputDir, tempDir, existing, sync, preallocate, other);
  }
}
