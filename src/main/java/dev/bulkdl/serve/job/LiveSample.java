package dev.bulkdl.serve.job;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.SegmentLayout.Piece;
import dev.bulkdl.model.TargetName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run at one moment, with the rates since an earlier one.
 *
 * @param nanos when it was taken
 * @param rate bytes a second of the run
 */
record LiveSample(
    long nanos,
    RunProgress progress,
    Map<TargetName, FileSnapshot> files,
    long rate,
    Map<TargetName, Long> fileRates,
    Map<Long, Long> connectionRates) {

  private static final double SECOND = 1e9;

  static LiveSample of(long nanos, RunProgress progress, Optional<LiveSample> earlier) {
    Map<TargetName, FileSnapshot> files = new HashMap<>();
    progress.active().forEach(file -> files.put(file.download().target(), file));
    Map<TargetName, Long> fileRates = new HashMap<>();
    Map<Long, Long> connectionRates = new HashMap<>();
    long rate = 0;
    if (earlier.isPresent()) {
      LiveSample before = earlier.get();
      double seconds = Math.max(1e-3, (nanos - before.nanos) / SECOND);
      rate = rate(progress.received() - before.progress.received(), seconds);
      Map<Long, Piece> pieces = pieces(before);
      files.forEach(
          (name, file) -> {
            FileSnapshot was = before.files.get(name);
            fileRates.put(name, was == null ? 0 : rate(file.bytes() - was.bytes(), seconds));
            file.layout()
                .pieces()
                .forEach(piece -> addRate(connectionRates, pieces, piece, seconds));
          });
    }
    return new LiveSample(nanos, progress, files, rate, fileRates, connectionRates);
  }

  private static void addRate(
      Map<Long, Long> rates, Map<Long, Piece> before, Piece piece, double seconds) {
    piece
        .connection()
        .ifPresent(
            connection -> {
              Piece was = before.get(connection.id());
              boolean goesOn =
                  was != null && was.start() <= piece.start() && was.position() <= piece.position();
              long from = was != null && goesOn ? was.position() : piece.start();
              rates.put(connection.id(), rate(piece.position() - from, seconds));
            });
  }

  private static Map<Long, Piece> pieces(LiveSample sample) {
    Map<Long, Piece> pieces = new HashMap<>();
    sample
        .files
        .values()
        .forEach(
            file ->
                file.layout()
                    .pieces()
                    .forEach(
                        piece ->
                            piece.connection().ifPresent(each -> pieces.put(each.id(), piece))));
    return pieces;
  }

  private static long rate(long bytes, double seconds) {
    return Math.max(0, Math.round(bytes / seconds));
  }
}
