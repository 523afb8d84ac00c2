package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Builders;
import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.RunStatistics;
import dev.bulkdl.report.Timings;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that holds {@link #PAYLOAD} at {@code /a}, and downloads into a folder of their own: by
 * default over one connection, with three retries that wait next to nothing.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EngineFixture {
  static final int KIB = 1 << 10;

  /** Large enough for a journal, and for four segments. */
  static final Payload PAYLOAD = new Payload(1, 1536 * KIB + 321);

  static final long SEGMENT_MIN = 64 * KIB;

  /** Bytes a second with which a connection mostly waits for the network. */
  private static final long SLOW = 4 * 1024 * KIB;

  static final Duration SOON = Duration.ofMillis(300);

  FaultServer server = FaultServer.http().serve("/a", PAYLOAD);
  final Watch watch = new Watch();
  @TempDir Path temp;
  Path out;
  Settings settings;
  private int earlier;
  private Optional<Session> session = Optional.empty();
  private RunStatistics statistics = new RunStatistics("test", new Timings());

  @BeforeEach
  void begin() {
    out = temp.resolve("out");
    settings = Settings.in(out);
    settings =
        settings
            .with(RetrySettings.DEFAULTS.withRetries(3).withDelays(millis(1), millis(5)))
            .with(Limits.FIXED.withSegments(1, SEGMENT_MIN));
  }

  @AfterEach
  void end() {
    server.close();
    watch.verify();
  }

  // Settings.

  static Duration millis(long count) {
    return Duration.ofMillis(count);
  }

  void segments(int most) {
    settings = settings.with(settings.limits().withSegments(most, SEGMENT_MIN));
  }

  void retries(int most) {
    settings = settings.with(settings.patience().withRetries(most));
  }

  void timeouts(Duration response, Duration idle) {
    Timeouts old = settings.timeouts();
    settings =
        settings.with(
            new Timeouts(old.connect(), response, idle, old.minSpeed(), old.minSpeedWindow()));
  }

  /** From now on the server speaks https. */
  void secure() {
    server.close();
    server = FaultServer.https().serve("/a", PAYLOAD);
    trust();
  }

  /** From now on the certificates of the tests are trusted. */
  void trust() {
    settings =
        settings.with(new HttpSettings(List.of(), Optional.of(Certificate.authority()), false));
  }

  void headers(List<Map.Entry<String, String>> headers) {
    HttpSettings old = settings.http();
    settings = settings.with(new HttpSettings(headers, old.cacert(), old.insecure()));
  }

  void disk(UnaryOperator<DiskSettings> change) {
    settings = settings.with(change.apply(settings.disk()));
  }

  static DiskSettings overwriting(DiskSettings d) {
    return d.with(d.existing().withOverwrite(true));
  }

  static DiskSettings continuing(DiskSettings d) {
    return d.with(d.existing().withResume(true));
  }

  static DiskSettings verifying(DiskSettings d) {
    return d.with(d.existing().withVerify(true));
  }

  static DiskSettings trusting(DiskSettings d) {
    return d.with(d.existing().withTrustSize(true));
  }

  // What is downloaded.

  /** The server's {@code /a}, as the file {@code a}. */
  Download a() {
    return file("/a");
  }

  /** The server's path, under its own name. */
  Download file(String path) {
    return Download.of(path.substring(1), server.uri(path));
  }

  /** The server's {@code /a}, so many times, as the files {@code f0}, {@code f1} and so on. */
  List<Download> files(int count) {
    return files(count, "/a");
  }

  List<Download> files(int count, String path) {
    return IntStream.range(0, count).mapToObj(i -> Download.of("f" + i, server.uri(path))).toList();
  }

  static Download sized(Download file, long size) {
    return new Download(
        file.line(),
        file.target(),
        file.source(),
        OptionalLong.of(size),
        file.checksums(),
        file.columns());
  }

  static Download at(Download file, URI source) {
    return new Download(
        file.line(), file.target(), source, file.size(), file.checksums(), file.columns());
  }

  // Downloading.

  BulkDownloader downloader(TransferListener... more) {
    statistics = new RunStatistics("test", new Timings());
    BulkDownloader.Builder builder =
        Builders.downloader(settings).listener(watch).listener(statistics);
    List.of(more).forEach(builder::listener);
    return builder.build();
  }

  /** The numbers of the last run, with its exit code. */
  RunReport report() {
    RunReport report = statistics.report(0);
    return report.withExitCode(ExitCode.of(report));
  }

  /** The connections of the opened session now, as the client counts them. */
  int connectionsNow() {
    return session.orElseThrow().progress().connections();
  }

  Session open() {
    try {
      session = Optional.of(Session.open(settings, List.of(watch)));
      return session.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Outcome download(Download file) {
    return run(List.of(file)).files().getFirst().outcome();
  }

  Result run(List<Download> files) {
    try {
      return checked(downloader().download(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Steers a run from its start; it is over when this returns. */
  <T extends Throwable> Result steered(List<Download> files, Steering<T> steering) throws T {
    Run run = start(files);
    try {
      steering.steer(run);
    } catch (Throwable thrown) {
      run.stop();
      run.await();
      throw thrown;
    }
    return checked(run.await());
  }

  private Run start(List<Download> files) {
    try {
      return downloader().start(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a test does while files are downloaded. */
  @FunctionalInterface
  interface Steering<T extends Throwable> {
    void steer(Run run) throws T;
  }

  /** All are there, each at its first attempt, and nothing was written in vain or twice. */
  void assertNothingWasLost(Result result) {
    for (Result.File file : result.files()) {
      Outcome.Effort effort = completed(file.outcome()).effort();
      assertThat(effort.attempts()).isEqualTo(1);
      assertThat(effort.discarded()).isZero();
    }
    Trees.assertHolds(
        out,
        result.files().stream()
            .collect(Collectors.toMap(file -> file.download().target().value(), file -> PAYLOAD)));
    assertThat(watch.lastProgress().received()).isEqualTo(result.files().size() * PAYLOAD.size());
    assertThat(Trees.leftovers(out)).isEmpty();
    assertThat(watch.seen(TransferEvent.Retrying.class)).isEmpty();
  }

  /** The report agrees with the outcomes of the files. */
  Result checked(Result result) {
    return checked(result, report());
  }

  private static Result checked(Result result, RunReport report) {
    assertThat(result.exitCode()).isEqualTo(report.exitCode());
    List<Outcome> outcomes = result.files().stream().map(Result.File::outcome).toList();
    Function<String, Long> count =
        status -> outcomes.stream().filter(o -> o.status().equals(status)).count();
    assertThat(report.files())
        .isEqualTo(
            new RunReport.FileCounts(
                outcomes.size(),
                count.apply("completed"),
                count.apply("skipped"),
                count.apply("failed"),
                count.apply("cancelled")));
    List<Outcome.Effort> efforts = outcomes.stream().map(Outcome::effort).toList();
    assertThat(report.bytes().downloaded())
        .isEqualTo(efforts.stream().mapToLong(Outcome.Effort::downloaded).sum());
    assertThat(report.bytes().resumed())
        .isEqualTo(efforts.stream().mapToLong(Outcome.Effort::resumed).sum());
    assertThat(report.bytes().discarded())
        .isEqualTo(efforts.stream().mapToLong(Outcome.Effort::discarded).sum());
    assertThat(result.isComplete()).isEqualTo(report.exitCode() == 0);
    return result;
  }

  /**
   * The state before the measured run: so many connections, a server that is slow enough for them
   * to be wanted, and, where the shape says so, what a run left of {@code /a} that was really cut
   * off in its middle.
   */
  void prepare(Shape shape) {
    prepare(shape, a());
  }

  void prepare(Shape shape, Download file) {
    segments(shape.segments);
    if (shape.resumed) {
      if (shape.isSplit()) {
        cutSplit(file);
      } else {
        cut(file, 500 * KIB);
      }
    }
    if (shape.isSplit()) {
      server.always(file.source().getPath(), new Fault.Throttle(SLOW));
    }
    forgetRequests();
  }

  /** Leaves the first bytes of a file, as a run does whose server went away. */
  void cut(Download file, long bytes) {
    Settings usual = settings;
    retries(0);
    segments(1);
    server.with(file.source().getPath(), new Fault.CutAfter(bytes));
    assertThat(failed(download(file))).isInstanceOf(Failure.Truncated.class);
    assertThat(part(file)).hasSize(bytes);
    settings = usual;
  }

  /** Leaves pieces of a file, as a run does whose server went away while four connections wrote. */
  private void cutSplit(Download file) {
    Settings usual = settings;
    retries(0);
    String path = file.source().getPath();
    Gate first = new Gate();
    Gate others = new Gate();
    // The first waits without a byte: one that hangs in mid-file would lose its rest to the others.
    server.with(
        path,
        request -> request.start() == 0,
        Fault.all(new Fault.Stall(0, first), new Fault.CutAfter(32 * KIB)));
    Fault stall = new Fault.Stall(32 * KIB, others);
    server.with(path, request -> request.start() > 0, stall, stall, stall);
    Result result =
        steered(
            List.of(file),
            run -> {
              others.awaitArrivals(3);
              first.open();
            });
    assertThat(failed(result.files().getFirst().outcome())).isInstanceOf(Failure.Truncated.class);
    assertThat(Trees.leftovers(out)).hasSize(2);
    settings = usual;
  }

  // What came of it.

  Path part(Download file) {
    return out.resolve(file.target().value() + ".part");
  }

  Path journal(Download file) {
    return out.resolve(file.target().value() + ".part.journal");
  }

  void forgetRequests() {
    server.traffic().awaitNoConnections();
    server.traffic().awaitIdle();
    earlier = server.requests().size();
  }

  /**
   * The requests for content that the server has seen in the measured run. Without the questions
   * about existing files, and at the end of files that took longer than a second: a busy machine
   * adds those.
   */
  List<SeenRequest> asked() {
    return allAsked().stream()
        .filter(SeenRequest::isGet)
        .filter(request -> !request.range().equals(Optional.of("bytes=0-0")))
        .toList();
  }

  List<SeenRequest> allAsked() {
    List<SeenRequest> all = server.requests();
    return all.subList(earlier, all.size());
  }

  List<SeenRequest> asked(String path) {
    return asked().stream().filter(request -> request.path().equals(path)).toList();
  }

  /** Every range of a file that was there in part was asked for under its validator. */
  void assertEveryRestWasConditional(Optional<String> validator) {
    List<SeenRequest> rests = asked().stream().filter(request -> request.start() > 0).toList();
    assertThat(rests).allMatch(request -> request.header("If-Range").equals(validator));
  }

  static Outcome.Completed completed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    return (Outcome.Completed) outcome;
  }

  Outcome.Completed completed(Outcome outcome, Payload payload, Proof proof) {
    Outcome.Completed completed = completed(outcome);
    assertThat(completed.size()).isEqualTo(payload.size());
    assertThat(completed.proof()).isEqualTo(proof);
    Trees.assertHolds(out, "a", payload);
    return completed;
  }

  static Failure failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).failure();
  }

  static List<String> etags(List<SeenRequest> requests) {
    List<String> tags = new ArrayList<>();
    requests.forEach(request -> request.header("If-Range").ifPresent(tags::add));
    return tags;
  }
}
