package dev.bulkdl.plan;

import dev.bulkdl.disk.ContentDigest;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Proof;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Compares files on disk with the manifest. Changes nothing. Thread-safe. */
final class FileCheck {

  private final OutputFolder folder;
  private final BooleanSupplier stopped;

  FileCheck(OutputFolder folder, BooleanSupplier stopped) {
    this.folder = folder;
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
    return new ContentDigest(download.checksums())
        .firstMismatch(at.place().target(), stopped)
        .<Finding>map(mismatch -> new Finding.WrongHash(mismatch.toString()))
        .orElseGet(() -> new Finding.Right(proof(download)));
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
    return download.checksums().stream()
        .map(Checksum::algorithm)
        .map(algorithm -> algorithm.proof())
        .reduce(bySize, Proof::or);
  }
}
