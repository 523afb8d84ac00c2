package dev.bulkdl.plan;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
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
 * One row's plan: the same questions in the same order as a run would ask, and nothing done about
 * the answers. For one thread.
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
   * Finds out what would happen.
   *
   * @throws java.util.concurrent.CancellationException when the work is to stop
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
      case ExistingFile.Whole whole -> there(whole.size());
      case ExistingFile.InTheWay inTheWay -> unasked(new PlannedAction.Blocked(inTheWay.failure()));
      case ExistingFile.Unanswered unanswered ->
          unasked(new PlannedAction.Refused(unanswered.failure()));
    };
  }

  /** What the server's answer makes of the row. */
  @FunctionalInterface
  private interface ByAnswer {
    PlannedAction action(OptionalLong total, RangeSupport ranges) throws IOException;
  }

  private PlannedRow asked(ByAnswer rule) throws IOException {
    return switch (check.ask()) {
      case SizeProbe.Told told -> {
        OptionalLong total = OptionalLong.of(told.bytes());
        Optional<Failure> refused = refuse(told.bytes());
        yield row(
            total,
            told.ranges(),
            refused.isPresent()
                ? new PlannedAction.Refused(refused.get())
                : rule.action(total, told.ranges()));
      }
      case SizeProbe.Untold untold ->
          row(download.size(), untold.ranges(), rule.action(OptionalLong.empty(), untold.ranges()));
      case SizeProbe.Refused refused -> unasked(new PlannedAction.Refused(refused.failure()));
    };
  }

  private ByAnswer fetch(FilePaths place, boolean replaces) throws IOException {
    try (PartFile part = context.folder().part(place, download.source())) {
      Remains remains = part.remains();
      long taken = part.taken();
      ResumePoint point =
          ResumePoint.of(
              remains,
              context.folder().boot(),
              !download.checksums().isEmpty(),
              disk.existing().trustSize());
      return (total, ranges) ->
          PlannedAction.fetch(point, remains, total, ranges, replaces).holding(taken);
    }
  }

  /**
   * A server that gives no ranges sends the whole file, and the user's is not touched unless told.
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

  private Optional<Failure> refuse(long told) {
    return download.size().isPresent() && download.size().getAsLong() != told
        ? Optional.of(otherSize(told))
        : ContentBound.of(download, context.settings().limits()).refuse(told);
  }

  private Failure otherSize(long told) {
    return new Failure.Changed(
        "the manifest says " + download.size().orElse(0) + " bytes, the server has " + told);
  }

  private PlannedRow there(long size) {
    return row(OptionalLong.of(size), toldRanges(), new PlannedAction.Skip());
  }

  private PlannedRow unasked(PlannedAction action) {
    return row(download.size(), toldRanges(), action);
  }

  /** What the server said of ranges, if it had to be asked. */
  private RangeSupport toldRanges() {
    return check.answer().map(RowPlanning::ranges).orElse(RangeSupport.UNKNOWN);
  }

  private static RangeSupport ranges(SizeProbe.Length length) {
    return switch (length) {
      case SizeProbe.Told told -> told.ranges();
      case SizeProbe.Untold untold -> untold.ranges();
      case SizeProbe.Refused ignored -> RangeSupport.UNKNOWN;
    };
  }

  private PlannedRow row(OptionalLong size, RangeSupport ranges, PlannedAction action) {
    return new PlannedRow(download.target().value(), size, ranges, action);
  }
}
