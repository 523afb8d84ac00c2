package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.event.TransferEvent.RowRejected;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.text.IsoTime;
import dev.bulkdl.text.Redaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Renders the rows of results.csv: the columns of ours, then the manifest's columns that have no
 * meaning for a download.
 */
final class ResultRows {

  private static final List<String> OURS =
      List.of(
          "filename",
          "url",
          "status",
          "bytes",
          "size",
          "seconds",
          "attempts",
          "segments",
          "proof",
          "error",
          "error_class",
          "http_status",
          "started",
          "ended",
          "final_url",
          "etag",
          "last_modified",
          "content_type",
          "hash");

  private final ManifestColumns columns;
  private final InstantSource clock;

  /**
   * @param clock the time at which a row is rendered, which is the end of its file
   */
  ResultRows(ManifestColumns columns, InstantSource clock) {
    this.columns = columns;
    this.clock = clock;
  }

  /** The header. A manifest column with one of our names becomes {@code manifest_NAME}. */
  List<String> header() {
    List<String> header = new ArrayList<>(OURS);
    for (String extra : columns.extra()) {
      header.add(OURS.contains(extra) ? "manifest_" + extra : Csv.shown(extra));
    }
    return header;
  }

  List<String> row(FileEnded ended) {
    Download download = ended.download();
    return switch (ended.outcome()) {
      case Outcome.Completed completed ->
          row(download, completed, OptionalLong.of(completed.size()), completed.proof(), "");
      case Outcome.Skipped skipped ->
          row(download, skipped, OptionalLong.of(skipped.size()), skipped.proof(), "");
      case Outcome.Failed failed ->
          row(download, failed, download.size(), Proof.NONE, failed.failure().shown());
      case Outcome.Cancelled cancelled ->
          row(
              download,
              cancelled,
              download.size(),
              Proof.NONE,
              "cancelled: stopped before its end");
    };
  }

  List<String> row(RowRejected rejected) {
    Map<String, String> cells = rejected.columns();
    Outcome outcome = new Outcome.Failed(rejected.failure(), Effort.none());
    String error = rejected.failure().shown();
    List<String> row = new ArrayList<>();
    row.add(Csv.shown(columns.nameIn(cells)));
    row.add(Csv.shown(Redaction.ofBrokenUri(columns.urlIn(cells))));
    addOutcome(row, outcome, OptionalLong.empty(), Proof.NONE, error);
    addExtra(row, cells);
    return row;
  }

  private List<String> row(
      Download download, Outcome outcome, OptionalLong size, Proof proof, String error) {
    List<String> row = new ArrayList<>(OURS.size() + columns.extra().size());
    row.add(Csv.shown(download.target().value()));
    row.add(Csv.shown(download.source().toString()));
    addOutcome(row, outcome, size, proof, error);
    addExtra(row, download.columns());
    return row;
  }

  private void addOutcome(
      List<String> row, Outcome outcome, OptionalLong size, Proof proof, String error) {
    Effort effort = outcome.effort();
    row.add(outcome.status());
    row.add(Long.toString(effort.downloaded()));
    row.add(size.isPresent() ? Long.toString(size.getAsLong()) : "");
    row.add(HumanFormat.fixed(effort.elapsed().toMillis() / 1000.0, 3));
    row.add(Integer.toString(effort.attempts()));
    row.add(Integer.toString(effort.segments()));
    row.add(proof.label());
    row.add(error);
    addFailure(row, outcome);
    Instant ended = clock.instant();
    row.add(IsoTime.millis(ended.minus(effort.elapsed())));
    row.add(IsoTime.millis(ended));
    addProvenance(row, provenance(outcome));
  }

  private static Provenance provenance(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed completed -> completed.from();
      case Outcome.Skipped skipped -> skipped.from();
      case Outcome.Failed ignored -> Provenance.UNKNOWN;
      case Outcome.Cancelled ignored -> Provenance.UNKNOWN;
    };
  }

  private static void addProvenance(List<String> row, Provenance from) {
    row.add(from.finalUrl().isPresent() ? Csv.shown(from.finalUrl().get().toString()) : "");
    row.add(Csv.shown(from.etag().orElse("")));
    row.add(Csv.shown(from.lastModified().orElse("")));
    row.add(Csv.shown(from.contentType().orElse("")));
    row.add(Checksum.joined(from.hashes()));
  }

  private static void addFailure(List<String> row, Outcome outcome) {
    switch (outcome) {
      case Outcome.Failed failed -> {
        int status = FailureText.status(failed.failure());
        row.add(failed.failure().label());
        row.add(status == 0 ? "" : Integer.toString(status));
      }
      case Outcome.Cancelled ignored -> {
        row.add(Failure.Kind.CANCELLED.label());
        row.add("");
      }
      case Outcome.Completed ignored -> row.addAll(List.of("", ""));
      case Outcome.Skipped ignored -> row.addAll(List.of("", ""));
    }
  }

  private void addExtra(List<String> row, Map<String, String> cells) {
    columns.extra().forEach(column -> row.add(Csv.shown(cells.getOrDefault(column, ""))));
  }
}
