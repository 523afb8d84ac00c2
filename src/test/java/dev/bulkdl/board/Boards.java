package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.DoneRow;
import dev.bulkdl.board.BoardModel.FileRow;
import dev.bulkdl.board.BoardModel.HostRow;
import dev.bulkdl.board.BoardModel.LogRow;
import dev.bulkdl.board.BoardModel.QueueRow;
import dev.bulkdl.board.BoardModel.Speed;
import dev.bulkdl.board.BoardModel.State;
import dev.bulkdl.board.BoardModel.Trouble;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.event.SegmentLayout.Piece;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.TransferMode;
import dev.bulkdl.report.Forecast;
import dev.bulkdl.text.Redaction;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Boards for tests. */
final class Boards {

  private static final Hold BY_USER = Hold.byUser(Instant.EPOCH);

  static final long MIB = 1 << 20;
  static final Theme PLAIN = new Theme(true, false);
  static final Theme ASCII = new Theme(false, false);
  static final Theme COLOUR = new Theme(true, true);

  /** Names that are hard to draw, each for its own reason. */
  private static final List<String> NAMES =
      List.of(
          "debian-12.iso",
          "maps/europe/germany/berlin-latest.osm.pbf",
          "书/中文文件名很长很长很长.tar.gz",
          "combining/e\u0301te\u0301-nai\u0308ve.txt",
          "emoji/😀🚀-launch-video-final-final.mp4",
          "rtl\u202egnp.exe",
          "escape\u009b31m.bin");

  private Boards() {}

  static Download download(String name, long line) {
    return new Download(
        line,
        TargetName.of(name.replace('\u009b', '_')), // a name with control characters is refused
        URI.create("http://host.example/" + line),
        OptionalLong.empty(),
        List.of(),
        Map.of());
  }

  /** A file in four pieces; the first is complete. {@code step} advances the file. */
  static FileSnapshot file(String name, int step) {
    long total = 64 * MIB;
    long piece = total / 4;
    ByteRanges written = ByteRanges.prefix(piece);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 1; i < 4; i++) {
      long position = i * piece + (step * 7L + i) % 16 * MIB;
      written = written.plus(i * piece, position);
      pieces.add(new Piece(i * piece, position, (i + 1) * piece, Optional.empty()));
    }
    long bytes = written.bytes();
    return new FileSnapshot(
        download(name, step),
        bytes,
        OptionalLong.of(total),
        100.0 * bytes / total,
        TransferMode.SPLIT,
        pieces.size(),
        new SegmentLayout(written, pieces));
  }

  static RunProgress progress(List<FileSnapshot> active, List<HostSnapshot> hosts) {
    return new RunProgress(
        Duration.ofSeconds(95),
        300,
        12,
        2,
        1,
        0,
        700 * MIB,
        2300 * MIB,
        0,
        OptionalLong.empty(),
        List.of(),
        false,
        3,
        48,
        64,
        OptionalLong.of(212 * 1024 * MIB),
        hosts,
        active);
  }

  /** A run with {@code files} active files, at the given moment. */
  static BoardModel model(int files, int moment) {
    List<FileRow> rows =
        IntStream.range(0, files)
            .mapToObj(
                i -> {
                  String name = NAMES.get(i % NAMES.size()) + (i < NAMES.size() ? "" : "-" + i);
                  FileSnapshot file = file(name, i + moment);
                  return new FileRow(Redaction.of(name), file, (i + 1) * 300_000L);
                })
            .toList();
    List<HostSnapshot> hosts =
        List.of(
            new HostSnapshot(
                new Origin("https", "a.example", 443),
                40,
                44,
                "climbing",
                600 * MIB,
                2,
                Optional.empty()),
            new HostSnapshot(
                new Origin("http", "slow.mirror.example", 8080),
                8,
                8,
                "refused",
                100 * MIB,
                0,
                Optional.of(
                    new Hold(
                        Hold.Reason.SERVER, "503", Instant.EPOCH, Optional.of(Instant.EPOCH)))));
    return new BoardModel(
        Duration.ofSeconds(95),
        "images.csv",
        State.RUNNING,
        progress(rows.stream().map(FileRow::file).toList(), hosts),
        new Speed(
            8 * MIB,
            7 * MIB,
            LongStream.range(0, 70).mapToObj(i -> (i + moment) % 9 * MIB).toList()),
        new Forecast(
            OptionalLong.of(2300 * MIB),
            false,
            OptionalInt.of(23),
            Optional.of(Duration.ofSeconds(300))),
        rows,
        hosts.stream()
            .map(
                host ->
                    new HostRow(
                        host,
                        host.received() / 95,
                        host.hold().map(hold -> Duration.ofSeconds(12))))
            .toList(),
        List.of(
            new QueueRow("next/one.bin", TargetName.of("next/one.bin")),
            new QueueRow("next/two.bin", TargetName.of("next/two.bin"))),
        List.of(
            new DoneRow(
                Duration.ofSeconds(90), "b.bin", "completed", 3_355_443, Duration.ofSeconds(4)),
            new DoneRow(Duration.ofSeconds(1), "a.bin", "skipped", 17, Duration.ZERO)),
        Optional.empty(),
        List.of(
            new Trouble(
                "maps/tokyo.pbf",
                new Failure.Http(503, "503 Service Unavailable", Optional.empty()),
                Optional.of(Duration.ofSeconds(107))),
            new Trouble(
                "old.iso", new Failure.Dns("no such host: gone.example"), Optional.empty())),
        List.of(
            new LogRow(Duration.ofSeconds(90), () -> "completed: b.bin, 3.2 MiB in 0:04"),
            new LogRow(Duration.ofSeconds(4), () -> "TLS by Conscrypt 2.9.0")));
  }

  static List<String> text(BoardModel model, ViewState state, int width, int height, Theme look) {
    return BoardText.lines(model, state, new Screen(width, height, 0, look)).stream()
        .map(Object::toString)
        .toList();
  }

  /** One file of unknown length. */
  static BoardModel ofUnknownLength() {
    FileSnapshot file =
        new FileSnapshot(
            download("stream", 1),
            5000,
            OptionalLong.empty(),
            0,
            TransferMode.SINGLE,
            1,
            new SegmentLayout(
                ByteRanges.prefix(5000),
                List.of(new Piece(0, 5000, Long.MAX_VALUE, Optional.empty()))));
    return with(empty(), List.of(new FileRow("stream", file, 1000)));
  }

  /** A run in which nothing has happened. */
  static BoardModel empty() {
    RunProgress nothing =
        new RunProgress(
            Duration.ZERO,
            5,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            OptionalLong.empty(),
            List.of(),
            false,
            0,
            0,
            64,
            OptionalLong.empty(),
            List.of(),
            List.of());
    return new BoardModel(
        Duration.ZERO,
        "files.csv",
        State.RUNNING,
        nothing,
        new Speed(0, 0, List.of()),
        new Forecast(OptionalLong.empty(), false, OptionalInt.of(0), Optional.empty()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** A run with this file at this moment. All moments of a file are of the same row. */
  static RunProgress moment(Duration elapsed, boolean paused, FileSnapshot file) {
    return new RunProgress(
        elapsed,
        1,
        0,
        0,
        0,
        0,
        file.bytes(),
        file.total().orElse(0) - file.bytes(),
        0,
        OptionalLong.empty(),
        paused ? List.of(BY_USER) : List.of(),
        false,
        0,
        1,
        16,
        OptionalLong.empty(),
        List.of(),
        List.of(file));
  }

  /** The same sample with these unknown lengths. */
  static RunProgress with(RunProgress run, long unsized, OptionalLong meanLength) {
    return new RunProgress(
        run.elapsed(),
        run.files(),
        run.completed(),
        run.skipped(),
        run.failed(),
        run.cancelled(),
        run.received(),
        run.expected(),
        unsized,
        meanLength,
        run.holds(),
        run.stopped(),
        run.retries(),
        run.connections(),
        run.allowed(),
        run.freeSpace(),
        run.hosts(),
        run.active());
  }

  /** The same model with these files. */
  static BoardModel with(BoardModel model, List<FileRow> files) {
    return copy(model, model.now(), model.state(), model.forecast(), files, model.notice());
  }

  /** The same model in this state. */
  static BoardModel in(BoardModel model, State state) {
    return copy(model, model.now(), state, model.forecast(), model.files(), model.notice());
  }

  /** The same model with this notice. */
  static BoardModel with(BoardModel model, String notice) {
    return copy(
        model, model.now(), model.state(), model.forecast(), model.files(), Optional.of(notice));
  }

  /** The same model at this time. */
  static BoardModel at(BoardModel model, Duration now) {
    return copy(model, now, model.state(), model.forecast(), model.files(), model.notice());
  }

  /** The same model, whose total is an estimate. */
  static BoardModel estimated(BoardModel model) {
    Forecast known = model.forecast();
    Forecast guess = new Forecast(known.missing(), true, known.percent(), known.eta());
    return copy(model, model.now(), model.state(), guess, model.files(), model.notice());
  }

  /** One file that the user paused. */
  static BoardModel withPausedFile() {
    FileSnapshot file = file("held.bin", 3);
    FileSnapshot held =
        new FileSnapshot(
            file.download(),
            file.bytes(),
            file.total(),
            file.percent(),
            file.mode(),
            0,
            file.layout());
    return with(model(1, 0), List.of(new FileRow("held.bin", held, 0)));
  }

  private static BoardModel copy(
      BoardModel model,
      Duration now,
      State state,
      Forecast forecast,
      List<FileRow> files,
      Optional<String> notice) {
    return new BoardModel(
        now,
        model.title(),
        state,
        model.progress(),
        model.speed(),
        forecast,
        files,
        model.hosts(),
        model.queue(),
        model.done(),
        notice,
        model.troubles(),
        model.log());
  }
}
