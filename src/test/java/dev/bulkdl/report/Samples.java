package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.TransferMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Events for tests. */
final class Samples {

  private static final Hold BY_USER = Hold.byUser(Instant.EPOCH);

  static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  static final String SECRET = "hunter2";
  static final String SECRET_URL =
      "https://user:" + SECRET + "@host.example/a.bin?token=" + SECRET + "&part=1";

  private Samples() {}

  static Download download(String name) {
    return download(name, "http://host.example/" + name);
  }

  static Download download(String name, String url) {
    return download(row("filename", name, "url", url));
  }

  /** A download from a manifest row with the columns filename and url, and possibly more. */
  static Download download(Map<String, String> row) {
    return new Download(
        2,
        TargetName.of(row.get("filename")),
        URI.create(row.get("url")),
        OptionalLong.empty(),
        List.of(),
        row);
  }

  static Map<String, String> row(String... namesAndCells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndCells.length; i += 2) {
      row.put(namesAndCells[i], namesAndCells[i + 1]);
    }
    return row;
  }

  static Effort effort(long downloaded) {
    return new Effort(downloaded, 7, 3, 2, 4, RangeSupport.SUPPORTED, Duration.ofMillis(1500));
  }

  static FileEnded completed(Download download, long size) {
    return new FileEnded(download, new Outcome.Completed(size, Proof.ETAG, effort(size)));
  }

  static FileEnded skipped(Download download, long size) {
    return new FileEnded(download, new Outcome.Skipped(size, Proof.LENGTH, Effort.none()));
  }

  static FileEnded failed(Download download, Failure failure) {
    return new FileEnded(download, new Outcome.Failed(failure, effort(10)));
  }

  static TransferEvent requeued(Download download, Failure failure) {
    return new TransferEvent.Requeued(download, new Outcome.Failed(failure, effort(10)));
  }

  static FileEnded cancelled(Download download) {
    return new FileEnded(download, new Outcome.Cancelled(effort(5)));
  }

  static Failure http(int status) {
    return new Failure.Http(status, "the server answered " + status, Optional.empty());
  }

  static TransferEvent started(String manifest, long files) {
    return new TransferEvent.RunStarted("id", manifest, Path.of("out"), files, NOON);
  }

  static TransferEvent runEnded() {
    return new TransferEvent.RunEnded(NOON.plusSeconds(10), Duration.ofSeconds(10));
  }

  static RunProgress progress(Duration elapsed, long files, long received, long expected) {
    return progress(elapsed, files, new long[4], received, expected, false);
  }

  /**
   * @param ended the numbers of completed, skipped, failed and cancelled files
   */
  static RunProgress progress(
      Duration elapsed,
      long files,
      long[] ended,
      long received,
      long expected,
      boolean paused,
      FileSnapshot... active) {
    return progress(elapsed, files, ended, received, expected, paused, UnknownLengths.NONE, active);
  }

  /**
   * @param ended the numbers of completed, skipped, failed and cancelled files
   */
  static RunProgress progress(
      Duration elapsed,
      long files,
      long[] ended,
      long received,
      long expected,
      boolean paused,
      UnknownLengths unknown,
      FileSnapshot... active) {
    return new RunProgress(
        elapsed,
        files,
        ended[0],
        ended[1],
        ended[2],
        ended[3],
        received,
        expected,
        unknown.files(),
        unknown.mean(),
        paused ? List.of(BY_USER) : List.of(),
        false,
        0,
        active.length,
        16,
        OptionalLong.empty(),
        List.of(),
        List.of(active));
  }

  /** The same sample with these hosts. */
  static RunProgress with(RunProgress run, HostSnapshot... hosts) {
    return copy(run, run.stopped(), List.of(hosts));
  }

  /** The same sample of a stopped run. */
  static RunProgress stopped(RunProgress run) {
    return copy(run, true, run.hosts());
  }

  private static RunProgress copy(RunProgress run, boolean stopped, List<HostSnapshot> hosts) {
    return new RunProgress(
        run.elapsed(),
        run.files(),
        run.completed(),
        run.skipped(),
        run.failed(),
        run.cancelled(),
        run.received(),
        run.expected(),
        run.unsized(),
        run.meanLength(),
        run.holds(),
        stopped,
        run.retries(),
        run.connections(),
        run.allowed(),
        run.freeSpace(),
        hosts,
        run.active());
  }

  static FileSnapshot active(long bytes, OptionalLong total) {
    return new FileSnapshot(
        download("active"), bytes, total, 0, TransferMode.SINGLE, 1, SegmentLayout.EMPTY);
  }
}
