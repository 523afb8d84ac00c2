package dev.bulkdl.plan;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.transfer.ContentBound;
import dev.bulkdl.transfer.ExistingFile;
import dev.bulkdl.transfer.ExistingFileCheck;
import dev.bulkdl.transfer.FileProgress;
import dev.bulkdl.transfer.ResumePoint;
import dev.bulkdl.transfer.SizeProbe;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Plans one row: it makes the same checks in the same order as a run, and changes nothing. Not
 * thread-safe: one thread uses it.
 */
final class RowPlanning {

  private final PlanContext context;
  private final DiskSettings disk;
  private final Download download;
  private final Cancellation cancellation;
  private final ExistingFileCheck check;

  RowPlanning(PlanContext context, Download download) {
    this.context = context;
    this.disk = context.disk();
    this.download = download;
    this.cancellation = context.cancellation();
    this.check =
        new ExistingFileCheck(
            context.transfer(),
            download,
            new FileProgress(download, new LongAdder()),
            cancellation);
  }

  /**
   * Returns the plan.
   *
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  PlannedRow plan() {
    cancellation.check();
    try {
      return switch (context.folder().place(download.target())) {
        case Placed.Refused refused -> unasked(new PlannedAction.Blocked(refused.failure()));
        case Placed.At at -> at(at.place(), at.existing());
      };
    } catch (IOException e) {
      return unasked(new PlannedAction.Refused(context.folder().failure(e)));
    }
  }

  private PlannedRow at(FilePaths place, Optional<Existing> existing) throws IOException {
    return switch (check.check(place, existing)) {
      case ExistingFile.Absent ignored -> asked(fetch(place, false));
      case ExistingFile.ToReplace ignored -> asked(fetch(place, true));
      case ExistingFile.ToContinue on -> asked(adopt(on));
      case ExistingFile.Whole whole -> present(whole.size());
      case ExistingFile.InTheWay inTheWay -> unasked(new PlannedAction.Blocked(inTheWay.failure()));
      case ExistingFile.Unanswered unanswered ->
          unasked(new PlannedAction.Refused(unanswered.failure()));
    };
  }

  /** Decides the action when the server has responded. */
  @FunctionalInterface
  private interface ByAnswer {
    PlannedAction action(OptionalLong total, RangeSupport ranges) throws IOException;
  }

  private PlannedRow asked(ByAnswer rule) throws IOException {
    return switch (check.ask()) {
      case SizeProbe.Told stated -> {
        OptionalLong total = OptionalLong.of(stated.bytes());
        Optional<Failure> refused = refuse(stated.bytes());
        yield row(
            total,
            stated.ranges(),
            refused.isPresent()
                ? new PlannedAction.Refused(refused.get())
                : rule.action(total, stated.ranges()));
      }
      case SizeProbe.Untold unstated ->
          row(
              download.size(),
              unstated.ranges(),
              rule.action(OptionalLong.empty(), unstated.ranges()));
      case SizeProbe.Unchanged ignored -> // only an existing file is asked for with conditions
          throw new IllegalStateException("the server was asked without conditions");
      case SizeProbe.Refused refused -> unasked(new PlannedAction.Refused(refused.failure()));
    };
  }

  private ByAnswer fetch(FilePaths place, boolean replaces) throws IOException {
    try (PartFile part = context.folder().part(place, download.source())) {
      Remains remains = part.remains();
      long allocated = part.taken();
      ResumePoint point =
          ResumePoint.of(
              remains,
              context.folder().boot(),
              !download.checksums().isEmpty(),
              disk.existing().trustSize());
      return (total, ranges) ->
          PlannedAction.fetch(point, remains, total, ranges, replaces).withAllocated(allocated);
    }
  }

  /**
   * Without ranges the server sends the whole file, and the user's file is replaced only with
   * {@code --overwrite}.
   */
  private ByAnswer adopt(ExistingFile.ToContinue file) {
    return (total, ranges) ->
        switch (file.under(ranges, disk)) {
          case ExistingFile.InTheWay inTheWay -> new PlannedAction.Blocked(inTheWay.failure());
          case ExistingFile.ToReplace ignored ->
              new PlannedAction.Fetch(PlannedAction.Part.NONE, true);
          case ExistingFile.Verdict ignored -> new PlannedAction.Continue(file.size());
        };
  }

  private Optional<Failure> refuse(long stated) {
    return download.size().isPresent() && download.size().getAsLong() != stated
        ? Optional.of(otherSize(stated))
        : ContentBound.of(download, context.settings().limits()).refuse(stated);
  }

  private Failure otherSize(long stated) {
    return new Failure.Changed(
        "the manifest says " + download.size().orElse(0) + " bytes, the server has " + stated);
  }

  private PlannedRow present(long size) {
    return row(OptionalLong.of(size), knownRanges(), new PlannedAction.Skip());
  }

  private PlannedRow unasked(PlannedAction action) {
    return row(download.size(), knownRanges(), action);
  }

  /** The support for ranges, if the server was asked. */
  private RangeSupport knownRanges() {
    return check.answer().map(RowPlanning::ranges).orElse(RangeSupport.UNKNOWN);
  }

  private static RangeSupport ranges(SizeProbe.Length length) {
    return switch (length) {
      case SizeProbe.Told stated -> stated.ranges();
      case SizeProbe.Untold unstated -> unstated.ranges();
      case SizeProbe.Unchanged ignored -> RangeSupport.UNKNOWN;
      case SizeProbe.Refused ignored -> RangeSupport.UNKNOWN;
    };
  }

  private PlannedRow row(OptionalLong size, RangeSupport ranges, PlannedAction action) {
    return new PlannedRow(download.target().value(), size, ranges, action);
  }
}
