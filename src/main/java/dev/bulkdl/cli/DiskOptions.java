package dev.bulkdl.cli;

import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.WriteMode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for the output folder and for the treatment of existing files. */
final class DiskOptions {

  private static final String DIRECT = "--direct";

  /** What {@code --direct} without a value means. */
  private static final String ALONE = "always";

  @Option(
      names = {"-d", "--output-dir"},
      paramLabel = "DIR",
      description = "Where files go; created if missing.")
  private @Nullable Path outputDir;

  @Option(
      names = "--temp-dir",
      paramLabel = "DIR",
      description = "Where partial files live (beside the final file).")
  private @Nullable Path tempDir;

  @Option(names = "--overwrite", description = "Replace existing files of other content.")
  private boolean overwrite;

  @Option(
      names = "--continue-existing",
      description = "Take a shorter existing file as the beginning.")
  private boolean continueExisting;

  @Option(
      names = "--verify-existing",
      description = "Hash existing files instead of trusting their size.")
  private boolean verifyExisting;

  @Option(names = "--trust-size", description = "Resume without a validator when sizes agree.")
  private boolean trustSize;

  @Option(
      names = "--if-modified",
      description = "Ask whether existing files have changed; replace those that have.")
  private boolean ifModified;

  @Option(
      names = "--sync",
      paramLabel = "always|large|never",
      converter = Sync.class,
      description = "Force files to the device before the final rename (large: from 64M).")
  private SyncPolicy sync = SyncPolicy.LARGE;

  @Option(
      names = DIRECT,
      arity = "0..1",
      paramLabel = "auto|always|never",
      converter = Direct.class,
      description = {
        "Write large files past the system's page cache:",
        "auto does where that is quicker; --direct alone is always (auto)."
      })
  private WriteMode direct = WriteMode.AUTO;

  @Option(
      names = "--no-preallocate",
      description = "Do not take the space of large files before their bytes come.")
  private boolean noPreallocate;

  /** Returns the output folder as given, or else this one. */
  Path outputDir(Path otherwise) {
    return outputDir == null ? otherwise : outputDir;
  }

  DiskSettings settings(Path folder) {
    return new DiskSettings(
        folder,
        Optional.ofNullable(tempDir),
        new ExistingPolicy(overwrite, continueExisting, verifyExisting, trustSize, ifModified),
        sync,
        !noPreallocate,
        direct);
  }

  /**
   * Returns the arguments with the value that {@code --direct} has without one: in {@code --direct
   * list.csv} the next word is the manifest. A parser would take it for the value.
   */
  static String[] withValues(String[] arguments) {
    String[] given = arguments.clone();
    for (int i = 0; i < given.length && !given[i].equals("--"); i++) {
      if (given[i].equals(DIRECT)) {
        given[i] = DIRECT + "=" + ALONE;
      }
    }
    return given;
  }

  /** Reads when O_DIRECT is used. It was a flag once, so true and false are understood. */
  static final class Direct implements ITypeConverter<WriteMode> {
    @Override
    public WriteMode convert(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "auto" -> WriteMode.AUTO;
        case ALONE, "true" -> WriteMode.DIRECT;
        case "never", "false" -> WriteMode.DISK;
        default ->
            throw new TypeConversionException(
                "'" + text + "' is none of auto, always, never; write for example --direct=auto");
      };
    }
  }

  /** Reads the name of a policy in upper or lower case. */
  static final class Sync extends EnumConverter<SyncPolicy> {
    Sync() {
      super(SyncPolicy.class, "is none of always, large, never");
    }
  }
}
