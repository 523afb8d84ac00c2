package dev.bulkdl.inventory;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.text.Redaction;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notes every file of a run that is complete. A file that was there before is noted if the
 * inventory does not know it yet, or knows less. Thread-safe.
 */
public final class InventoryNotes implements TransferListener {

  private final Inventory inventory;
  private final String run;
  private final InstantSource clock;

  /**
   * @param run the id of the run
   */
  public InventoryNotes(Inventory inventory, String run, InstantSource clock) {
    this.inventory = inventory;
    this.run = run;
    this.clock = clock;
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.FileEnded ended) {
      Download file = ended.download();
      switch (ended.outcome()) {
        case Outcome.Completed done -> note(file, done.size(), done.proof(), done.from());
        case Outcome.Skipped there -> noteUnlessKnown(file, there);
        case Outcome.Failed ignored -> {}
        case Outcome.Cancelled ignored -> {}
      }
    }
  }

  private void noteUnlessKnown(Download file, Outcome.Skipped there) {
    Optional<InventoryEntry> known = inventory.find(file.target());
    if (known.isEmpty()) {
      note(file, there.size(), there.proof(), there.from());
    } else if (isNews(known.get(), file, there)) {
      note(file, there.size(), there.proof(), merged(known.get(), there));
    }
  }

  private static boolean isNews(InventoryEntry known, Download file, Outcome.Skipped there) {
    return known.size() != there.size()
        || !SameSource.is(file.source(), known.url())
        || !known.from().hashes().containsAll(there.from().hashes());
  }

  /** What is known about the same content stays known. */
  private static Provenance merged(InventoryEntry known, Outcome.Skipped there) {
    Provenance before = known.from();
    boolean isOther =
        known.size() != there.size()
            || there.from().hashes().stream().anyMatch(hash -> contradicts(before, hash));
    if (isOther) {
      return there.from();
    }
    Set<Checksum> hashes = new LinkedHashSet<>(before.hashes());
    hashes.addAll(there.from().hashes());
    return new Provenance(
        before.finalUrl(),
        before.etag(),
        before.lastModified(),
        before.contentType(),
        List.copyOf(hashes));
  }

  private static boolean contradicts(Provenance before, Checksum hash) {
    return before.hashes().stream()
        .anyMatch(known -> known.algorithm() == hash.algorithm() && !known.equals(hash));
  }

  private void note(Download file, long size, Proof proof, Provenance from) {
    inventory.note(
        new InventoryEntry(
            file.target(),
            SameSource.stored(file.source()),
            size,
            proof,
            redacted(from, file.source()),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            run));
  }

  /** A final URL that is the list's own is left out. */
  private static Provenance redacted(Provenance from, URI listed) {
    return new Provenance(
        from.finalUrl().filter(url -> !url.equals(listed)).flatMap(InventoryNotes::redacted),
        from.etag(),
        from.lastModified(),
        from.contentType(),
        from.hashes());
  }

  private static Optional<URI> redacted(URI url) {
    try {
      return Optional.of(URI.create(Redaction.of(url)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
