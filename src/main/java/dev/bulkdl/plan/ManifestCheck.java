package dev.bulkdl.plan;

import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.manifest.ManifestError;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.settings.ListedOrigins;
import dev.bulkdl.settings.RowOrder;
import dev.bulkdl.text.NameEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The result of reading a whole manifest once, before any request: errors, collisions, counts and
 * origins. Not thread-safe.
 */
public final class ManifestCheck {

  /** Errors above this number are only counted. */
  public static final int MAX_ERRORS_KEPT = 1000;

  private final Manifest manifest;
  private final ListedOrigins.Collector origins;
  private final NameEncoding names = NameEncoding.ofProcess();
  private final CollisionList collisions = new CollisionList();
  private final List<ManifestError> errors = new ArrayList<>();
  private long errorCount;
  private long rowCount;
  private long badRowCount;
  private long knownBytes;
  private long rowsWithoutSize;
  private long repeatedRows;
  private boolean hasPriorities;
  private Optional<Collision> firstRepeated = Optional.empty();
  private boolean usable = true;

  /**
   * The first row whose name the locale cannot encode. Only one is reported, because all have the
   * same solution.
   */
  private Optional<ManifestError> unnameable = Optional.empty();

  private ManifestCheck(Manifest manifest, List<ScopedHeader> scoped) {
    this.manifest = manifest;
    this.origins = new ListedOrigins.Collector(scoped);
  }

  /**
   * Reads all rows. A manifest without rows, or one that cannot be read to its end, adds an error
   * as the last one.
   *
   * @param caseInsensitive whether the output folder treats {@code a} and {@code A} as one name
   */
  public static ManifestCheck of(Manifest manifest, boolean caseInsensitive) {
    return of(manifest, caseInsensitive, List.of());
  }

  /**
   * Reads all rows, and collects the origins that the scoped headers match.
   *
   * @param caseInsensitive whether the output folder treats {@code a} and {@code A} as one name
   * @param scoped the headers for certain hosts
   */
  public static ManifestCheck of(
      Manifest manifest, boolean caseInsensitive, List<ScopedHeader> scoped) {
    ManifestCheck check = new ManifestCheck(manifest, scoped);
    try {
      check.readAll(new TargetIndex(caseInsensitive));
    } catch (ManifestException e) {
      check.makeUnusable(e.error());
    }
    return check;
  }

  /**
   * Starts a second pass, in which rows that collide with earlier ones are bad, and repeated ones
   * are left out. Call it only if {@link #usable()}. The caller closes it.
   *
   * @throws ManifestException if the manifest is missing or has changed since the first pass
   */
  public ManifestRows rows() {
    return new CheckedRows(manifest.rows(), collisions);
  }

  /**
   * Starts a second pass as {@link #rows()} does, in this order. Rows of a higher priority come
   * first. Another order than that of the list needs a copy of the rows in a temporary file.
   *
   * @throws ManifestException if the manifest is missing or has changed since the first pass, or
   *     the temporary folder cannot be written
   */
  public ManifestRows rows(RowOrder order) {
    if (order == RowOrder.LIST && !hasPriorities) {
      return rows();
    }
    ManifestRows bad =
        badRowCount == 0 ? new BadRows(Optional.empty()) : new BadRows(Optional.of(rows()));
    return OrderedRows.of(rows(), bad, manifest.store(), order);
  }

  /**
   * Whether the good rows can be downloaded without the bad ones: there are rows, and all could be
   * read.
   */
  public boolean usable() {
    return usable;
  }

  /**
   * The first {@value #MAX_ERRORS_KEPT} errors, in the order of the rows; an error that makes the
   * manifest unusable is always included.
   */
  public List<ManifestError> errors() {
    return Collections.unmodifiableList(errors);
  }

  /** The number of all errors; 0 if the whole manifest can be downloaded. */
  public long errorCount() {
    return errorCount;
  }

  /**
   * Returns a note about rows that are the same as an earlier one in name, URL, size and hashes.
   * They are left out. Empty if there is none.
   */
  public Optional<String> repetition() {
    return firstRepeated.map(
        first ->
            "%d %s the same as an earlier row and left out (first: line %d repeats line %d)"
                .formatted(
                    repeatedRows,
                    repeatedRows == 1 ? "row is" : "rows are",
                    first.line(),
                    first.otherLine()));
  }

  /** The number of rows that repeat an earlier one. */
  public long repeatedRows() {
    return repeatedRows;
  }

  /** The number of rows, good and bad, without repeated ones. */
  public long rowCount() {
    return rowCount;
  }

  /** The number of invalid rows, including those that collide with earlier ones. */
  public long badRowCount() {
    return badRowCount;
  }

  /** The sum of the known sizes of the good rows in bytes; {@link Long#MAX_VALUE} on overflow. */
  public long knownBytes() {
    return knownBytes;
  }

  /** The number of good rows without a size. */
  public long rowsWithoutSize() {
    return rowsWithoutSize;
  }

  /** The number of good rows with a size. */
  public long rowsWithSize() {
    return rowCount - badRowCount - rowsWithoutSize;
  }

  /** The origins of the good rows. */
  public ListedOrigins origins() {
    return origins.result();
  }

  private void readAll(TargetIndex targets) {
    try (ManifestRows rows = manifest.rows()) {
      while (rows.hasNext()) {
        rowCount++;
        switch (rows.next()) {
          case ManifestRow.Bad bad -> countBad(bad.errors());
          case ManifestRow.Good good ->
              targets
                  .add(good.download().target(), good.line(), RowMark.of(good.download()))
                  .ifPresentOrElse(collision -> collide(collision, good), () -> count(good));
        }
      }
    }
    if (rowCount == 0) {
      makeUnusable(ManifestError.ofRow(0, "the manifest has no rows"));
    }
    unnameable.ifPresent(this::makeUnusable);
  }

  private void collide(Collision collision, ManifestRow.Good row) {
    collisions.add(collision);
    if (collision.kind() == Collision.Kind.REPEATED) {
      repeatedRows++;
      rowCount--;
      firstRepeated = firstRepeated.or(() -> Optional.of(collision));
      return;
    }
    countBad(List.of(CheckedRows.error(collision, row)));
  }

  private void count(ManifestRow.Good row) {
    Download download = row.download();
    hasPriorities |= download.priority() != 0;
    origins.add(download.origin());
    if (unnameable.isEmpty()) {
      unnameable =
          names
              .problem(download.target().value())
              .map(problem -> ManifestError.ofRow(row.line(), problem));
    }
    if (download.size().isEmpty()) {
      rowsWithoutSize++;
      return;
    }
    long sum = knownBytes + download.size().getAsLong();
    knownBytes = sum < 0 ? Long.MAX_VALUE : sum;
  }

  private void countBad(List<ManifestError> found) {
    badRowCount++;
    errorCount += found.size();
    found.stream().limit(MAX_ERRORS_KEPT - errors.size()).forEach(errors::add);
  }

  /** Adds an error that is always kept, because it explains the others. */
  private void makeUnusable(ManifestError error) {
    usable = false;
    errorCount++;
    errors.add(error);
  }
}
