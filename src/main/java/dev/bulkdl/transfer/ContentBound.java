package dev.bulkdl.transfer;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.Limits;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The limit of bytes that are written for one file, whatever the server sends. Pure.
 *
 * @param manifestSize the size from the manifest in bytes, if given
 * @param maxFileSize the limit from the settings in bytes, if set
 */
public record ContentBound(OptionalLong manifestSize, OptionalLong maxFileSize) {

  public static ContentBound of(Download download, Limits limits) {
    return new ContentBound(download.size(), limits.maxFileSize());
  }

  /** The largest number of bytes that are written; {@link SegmentMap#OPEN} without a limit. */
  long maxBytes() {
    return Math.min(manifestSize.orElse(SegmentMap.OPEN), maxFileSize.orElse(SegmentMap.OPEN));
  }

  /**
   * Checks a length that the server states, before a byte is written.
   *
   * @param total the length in bytes
   * @return the failure if the length is above {@code --max-file-size}
   */
  public Optional<Failure> refuse(long total) {
    return maxFileSize.isPresent() && total > maxFileSize.getAsLong()
        ? Optional.of(
            new Failure.Changed(
                "the server has "
                    + total
                    + " bytes, --max-file-size allows "
                    + maxFileSize.getAsLong()))
        : Optional.empty();
  }

  /** Returns the failure for content without a length that exceeds {@link #maxBytes}. */
  Failure surplus() {
    return manifestSize.isPresent() && manifestSize.getAsLong() == maxBytes()
        ? new Failure.Changed(
            "the manifest says "
                + maxBytes()
                + " bytes, the server sends more; the rest was not taken")
        : new Failure.Changed(
            "the server sends more than the " + maxBytes() + " bytes that --max-file-size allows");
  }
}
