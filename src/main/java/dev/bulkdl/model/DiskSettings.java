package dev.bulkdl.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where files go and what may be done to those that are there.
 *
 * @param outputDir created where missing
 * @param tempDir where partial files live in place of the final file's folder; may be another file
 *     system
 * @param overwrite whether an existing file of other content is replaced, once the new one is
 *     checked
 * @param continueExisting whether a shorter existing file is taken as the beginning of the download
 * @param verifyExisting whether existing files are hashed instead of trusted by their size
 * @param trustSize whether a partial file is continued though nothing proves that the remote one is
 *     the same
 * @param sync which files are forced to the device before they get their final name
 * @param preallocate whether the space of large files is taken before their bytes come, where the
 *     file system can do so
 * @param sink what becomes of the bytes; anything but {@link WriteMode#DISK} is for measuring only
 */
public record DiskSettings(
    Path outputDir,
    Optional<Path> tempDir,
    boolean overwrite,
    boolean continueExisting,
    boolean verifyExisting,
    boolean trustSize,
    SyncPolicy sync,
    boolean preallocate,
    WriteMode sink) {

  /** Settings for files that are to be kept. */
  public DiskSettings(
      Path outputDir,
      Optional<Path> tempDir,
      boolean overwrite,
      boolean continueExisting,
      boolean verifyExisting,
      boolean trustSize,
      SyncPolicy sync) {
    this(
        outputDir,
        tempDir,
        overwrite,
        continueExisting,
        verifyExisting,
        trustSize,
        sync,
        true,
        WriteMode.DISK);
  }

  /** The defaults for an output folder. */
  public static DiskSettings in(Path outputDir) {
    return new DiskSettings(
        outputDir, Optional.empty(), false, false, false, false, SyncPolicy.LARGE);
  }

  public DiskSettings with(SyncPolicy policy, WriteMode target) {
    return new DiskSettings(
        outputDir,
        tempDir,
        overwrite,
        continueExisting,
        verifyExisting,
        trustSize,
        policy,
        preallocate,
        target);
  }
}
