package dev.bulkdl.plan;

import dev.bulkdl.disk.ContentDigest;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.inventory.InventoryEntry;
import dev.bulkdl.inventory.SameSource;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Proof;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Compares files on disk with the manifest and the inventory. Changes nothing. Thread-safe. */
final class FileCheck {

  private final OutputFolder folder;
  private final Inventory inventory;
  private final BooleanSupplier stopped;

  /**
   * @param inventory what earlier runs have noted about the folder's files
   */
  FileCheck(OutputFolder folder, Inventory inventory, BooleanSupplier stopped) {
    this.folder = folder;
    this.inventory = inventory;
    this.stopped = stopped;
  }

  /**
   * Checks one file until the first difference.
   *
   * @throws java.util.concurrent.CancellationException if the pass is stopped
   */
  Finding check(Download download) {
    try {
      return switch (folder.place(download.target())) {
        case Placed.Refused refused -> new Finding.BadRow(refused.failure().text());
        case Placed.At at -> check(at, download);
      };
    } catch (NotDirectoryException e) {
      return new Finding.Missing();
    } catch (IOException e) {
      return new Finding.Unreadable(folder.failure(e).text());
    }
  }

  private Finding check(Placed.At at, Download download) throws IOException {
    Optional<Finding> wrong = bySize(at.existing(), download.size());
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (!download.checksums().isEmpty()) {
      return compare(at, download.checksums(), new Finding.Right(proof(download)));
    }
    return checkRecorded(at, download, inventory.find(download.target()));
  }

  private Finding compare(Placed.At at, List<Checksum> wanted, Finding ifEqual) throws IOException {
    return new ContentDigest(wanted)
        .firstMismatch(at.place().target(), stopped)
        .<Finding>map(mismatch -> new Finding.WrongHash(mismatch.toString()))
        .orElse(ifEqual);
  }

  /** Compares a file without a hash in the list with what the inventory has recorded. */
  private Finding checkRecorded(Placed.At at, Download download, Optional<InventoryEntry> found)
      throws IOException {
    Finding bySize =
        download.size().isPresent() ? new Finding.Right(Proof.LENGTH) : new Finding.Unchecked();
    if (found.isEmpty()) {
      return bySize;
    }
    InventoryEntry entry = found.get();
    if (!SameSource.is(download.source(), entry.url())) {
      return new Finding.OtherSource(entry.url());
    }
    Optional<Finding> wrong = bySize(at.existing(), OptionalLong.of(entry.size()));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    List<Checksum> hashes = entry.from().hashes();
    return hashes.isEmpty()
        ? download.size().isPresent() ? bySize : new Finding.AsRecorded(Proof.LENGTH)
        : compare(at, hashes, new Finding.AsRecorded(strongest(hashes, Proof.LENGTH)));
  }

  /** Returns what is wrong according to type and size alone. Pure. */
  static Optional<Finding> bySize(Optional<Existing> found, OptionalLong wanted) {
    if (found.isEmpty()) {
      return Optional.of(new Finding.Missing());
    }
    Existing existing = found.get();
    if (!existing.isFile()) {
      return Optional.of(new Finding.NoFile());
    }
    if (existing.unfinished()) {
      return Optional.of(new Finding.Missing());
    }
    return wanted.isEmpty() || wanted.getAsLong() == existing.size()
        ? Optional.empty()
        : Optional.of(new Finding.WrongSize(existing.size(), wanted.getAsLong()));
  }

  /** Returns the strongest proof that the manifest offers. Pure. */
  static Proof proof(Download download) {
    Proof bySize = download.size().isPresent() ? Proof.LENGTH : Proof.NONE;
    return strongest(download.checksums(), bySize);
  }

  private static Proof strongest(List<Checksum> hashes, Proof otherwise) {
    return hashes.stream()
        .map(Checksum::algorithm)
        .map(Algorithm::proof)
        .reduce(otherwise, Proof::or);
  }
}
