package dev.bulkdl.transfer;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Limits;
import java.util.Optional;
import java.util.OptionalLong;

/** How many bytes of one file are taken, whatever the server sends. Pure. */
public record ContentBound(OptionalLong manifestSize, OptionalLong maxFileSize) {

  public static ContentBound of(Download download, Limits limits) {
    return new ContentBound(download.size(), limits.maxFileSize());
  }

  /** No byte behind this one is written; {@link SegmentMap#OPEN} where there is no bound. */
  long most() {
    return Math.min(manifestSize.orElse(SegmentMap.OPEN), maxFileSize.orElse(SegmentMap.OPEN));
  }

  /** Judges a length that the server tells, before a byte is written. */
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

  /** Content without a length did not end at {@link #most}. */
  Failure surplus() {
    return manifestSize.isPresent() && manifestSize.getAsLong() == most()
        ? new Failure.Changed(
            "the manifest says " + most() + " bytes, the server sends more; the rest was not taken")
        : new Failure.Changed(
            "the server sends more than the " + most() + " bytes that --max-file-size allows");
  }
}
