package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.ContentDigest;
import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.OriginAttribute;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.RecordSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an existing file means, for a run and for a plan. It hashes the file and asks the
 * server as far as {@link ExistingFile#of} needs it, and changes nothing. Not thread-safe: one
 * thread uses it.
 */
public final class ExistingFileCheck {

  private final TransferContext context;
  private final DiskSettings disk;
  private final Download download;
  private final FileProgress progress;
  private final Cancellation cancellation;
  private SizeProbe.@Nullable Length answer;
  private Version version = Version.UNKNOWN;
  private Optional<Recorded> recorded = Optional.empty();

  public ExistingFileCheck(
      TransferContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation) {
    this.context = context;
    this.disk = context.settings().disk();
    this.download = download;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Returns the decision.
   *
   * @param existing what has the final name
   * @throws IOException if the file cannot be read
   * @throws CancellationException if the work is to stop
   */
  public ExistingFile.Verdict check(FilePaths place, Optional<Existing> existing)
      throws IOException {
    recorded = recorded(place, existing);
    ExistingFile.Facts facts = ExistingFile.Facts.of(existing, download).withRecorded(recorded);
    while (true) {
      switch (ExistingFile.of(facts, disk)) {
        case ExistingFile.Verdict verdict -> {
          return verdict;
        }
        case ExistingFile.NeedsHash ignored ->
            facts = facts.withHash(isAsWanted(place, wanted(facts)));
        case ExistingFile.NeedsLength needed -> {
          List<Map.Entry<String, String>> conditions =
              needed.conditional() ? facts.recorded().orElseThrow().conditions() : List.of();
          SizeProbe.Length told = ask(OptionalLong.of(existing.orElseThrow().size()), conditions);
          facts = facts.withAnswer(told, version);
        }
      }
    }
  }

  /** A file whose size has changed since is not the recorded one any more. */
  private Optional<Recorded> recorded(FilePaths place, Optional<Existing> existing) {
    RecordSettings records = context.settings().records();
    if (existing.isEmpty() || !existing.get().isFile() || !records.inventory()) {
      return Optional.empty();
    }
    Optional<Recorded> noted =
        context
            .inventory()
            .find(download.target())
            .filter(entry -> entry.size() == existing.get().size())
            .map(entry -> Recorded.of(entry, download));
    return context.folder().locksFiles() ? noted.or(() -> byAttribute(place)) : noted;
  }

  /** Without a run's folder, a file of unknown origin can be any file of that name. */
  private Optional<Recorded> byAttribute(FilePaths place) {
    Optional<Recorded> kept =
        context.settings().records().attribute()
            ? OriginAttribute.read(place.target()).map(found -> Recorded.of(found, download))
            : Optional.empty();
    return kept.or(() -> Optional.of(Recorded.UNKNOWN));
  }

  private List<Checksum> wanted(ExistingFile.Facts facts) {
    return download.checksums().isEmpty()
        ? facts.recorded().map(Recorded::hashes).orElse(List.of())
        : download.checksums();
  }

  /** Returns the hash of an existing file by this algorithm. */
  Checksum hash(FilePaths place, Algorithm algorithm) throws IOException {
    cancellation.interruptibly(context.hashing()::acquire);
    try {
      return ContentDigest.of(place.target(), algorithm, cancellation::isCancelled);
    } finally {
      context.hashing().release();
    }
  }

  /** Whether a hash by this algorithm is recorded for the file of this size. */
  boolean hasRecorded(Algorithm algorithm) {
    return recorded.stream()
        .flatMap(known -> known.hashes().stream())
        .anyMatch(hash -> hash.algorithm() == algorithm);
  }

  /** A semaphore limits how many files are hashed at a time to the number of processors. */
  private boolean isAsWanted(FilePaths place, List<Checksum> wanted) throws IOException {
    cancellation.interruptibly(context.hashing()::acquire);
    try {
      return new ContentDigest(wanted)
          .firstMismatch(place.target(), cancellation::isCancelled)
          .isEmpty();
    } finally {
      context.hashing().release();
    }
  }

  /**
   * Returns the server's response about the file's length. The server is asked once.
   *
   * @throws CancellationException if the work is to stop
   */
  public SizeProbe.Length ask() {
    return ask(OptionalLong.empty(), List.of());
  }

  private SizeProbe.Length ask(OptionalLong here, List<Map.Entry<String, String>> conditions) {
    SizeProbe.Length known = answer;
    if (known == null) {
      SizeProbe probe = new SizeProbe(context, download, progress, cancellation, conditions);
      known = probe.ask(here);
      version = probe.version();
      answer = known;
    }
    return known;
  }

  /** Returns the server's response; empty if it was not asked. */
  public Optional<SizeProbe.Length> answer() {
    return Optional.ofNullable(answer);
  }
}
