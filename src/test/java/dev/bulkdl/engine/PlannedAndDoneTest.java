package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.plan.PlannedAction;
import dev.bulkdl.plan.PlannedRow;
import dev.bulkdl.plan.Planner;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan says what a run then does with a file that is there, in every situation. */
class PlannedAndDoneTest extends EngineFixture {
  private static final Payload REMOTE = new Payload(1, 3000);

  /** What has the final name. */
  enum Here {
    NOTHING,
    THE_FILE,
    SAME_SIZE,
    ITS_BEGINNING,
    SHORTER,
    LONGER,
    EMPTY,
    A_FOLDER
  }

  enum Options {
    NONE(disk -> disk),
    OVERWRITE(EngineFixture::overwriting),
    CONTINUE(EngineFixture::continuing),
    VERIFY(EngineFixture::verifying),
    VERIFY_AND_CONTINUE(disk -> verifying(continuing(disk))),
    VERIFY_AND_OVERWRITE(disk -> verifying(overwriting(disk)));

    final UnaryOperator<DiskSettings> change;

    Options(UnaryOperator<DiskSettings> change) {
      this.change = change;
    }
  }

  /** What the manifest gives. */
  enum Row {
    NOTHING(row -> row),
    SIZE(row -> sized(row, REMOTE.size())),
    HASH(row -> hashed(row)),
    BOTH(row -> hashed(sized(row, REMOTE.size())));

    final UnaryOperator<Download> change;

    Row(UnaryOperator<Download> change) {
      this.change = change;
    }
  }

  private static Download hashed(Download row) {
    return row.withChecksums(List.of(Checksum.parse("sha256:" + REMOTE.sha256())));
  }

  enum Server {
    GOOD,
    NO_RANGES(new Fault.NoRanges()),
    NO_HEAD(new Fault.HeadNotAllowed()),
    WRONG_HEAD(new Fault.HeadLies(9)),
    NO_LENGTH(new Fault.Chunked(), new Fault.NoRanges()),
    GONE(new Fault.Status(404));

    final Fault[] faults;

    Server(Fault... faults) {
      this.faults = faults;
    }
  }

  /** All of the first three, each with the servers that can make a difference for it. */
  static Stream<Arguments> situations() {
    List<Arguments> all = new ArrayList<>();
    for (Here here : Here.values()) {
      for (Options options : Options.values()) {
        for (Row row : Row.values()) {
          all.add(arguments(here, options, row, Server.GOOD));
        }
        all.add(arguments(here, options, Row.NOTHING, Server.values()[1 + all.size() % 5]));
        all.add(arguments(here, options, Row.HASH, Server.values()[1 + all.size() % 5]));
      }
    }
    for (Server server : Server.values()) {
      for (Here here : Here.values()) {
        all.add(arguments(here, Options.NONE, Row.NOTHING, server));
      }
    }
    return all.stream().distinct();
  }

  @ParameterizedTest
  @MethodSource("situations")
  void aRunDoesWhatThePlanSays(Here here, Options options, Row row, Server kind)
      throws IOException {
    server.serve("/a", REMOTE).always("/a", kind.faults);
    disk(options.change);
    retries(0);
    put(here);
    Download file = row.change.apply(a());
    PlannedRow planned = plan(file);
    Outcome done = download(file);
    String what = planned + ", then " + done;
    switch (planned.action()) {
      case PlannedAction.Skip ignored ->
          assertThat(done).as(what).isInstanceOf(Outcome.Skipped.class);
      case PlannedAction.Blocked blocked ->
          assertThat(failed(done).label()).as(what).isEqualTo(blocked.failure().label());
      case PlannedAction.Refused refused ->
          assertThat(failed(done).label()).as(what).isEqualTo(refused.failure().label());
      case PlannedAction.Fetch ignored -> {
        assertThat(completed(done).effort().resumed()).as(what).isZero();
        assertThat(out.resolve("a")).hasBinaryContent(REMOTE.bytes());
      }
      case PlannedAction.Continue on -> assertContinued(on, here, done, what);
    }
  }

  /** Whether the bytes that are here are the beginning shows only in the end, by the hash. */
  private void assertContinued(PlannedAction.Continue on, Here here, Outcome done, String what) {
    boolean fits = here == Here.ITS_BEGINNING || here == Here.EMPTY;
    if (fits) {
      assertThat(completed(done).effort().resumed()).as(what).isEqualTo(on.bytes());
      assertThat(out.resolve("a")).hasBinaryContent(REMOTE.bytes());
    } else if (done instanceof Outcome.Completed completed) {
      assertThat(completed.effort().resumed()).as(what).isEqualTo(on.bytes());
    } else {
      assertThat(failed(done).label()).as(what).isEqualTo("exists");
    }
  }

  private void put(Here here) throws IOException {
    Files.createDirectories(out);
    switch (here) {
      case NOTHING -> {}
      case THE_FILE -> REMOTE.writeTo(out.resolve("a"));
      case SAME_SIZE -> new Payload(2, REMOTE.size()).writeTo(out.resolve("a"));
      case ITS_BEGINNING -> REMOTE.writeFirst(1000, out.resolve("a"));
      case SHORTER -> new Payload(2, 1000).writeTo(out.resolve("a"));
      case LONGER -> new Payload(2, 5000).writeTo(out.resolve("a"));
      case EMPTY -> new Payload(2, 0).writeTo(out.resolve("a"));
      case A_FOLDER -> Files.createDirectory(out.resolve("a"));
    }
  }

  private PlannedRow plan(Download file) {
    List<PlannedRow> rows = new ArrayList<>();
    Permits permits = new Permits(settings.limits());
    RunControl control = new RunControl(permits);
    try (OutputFolder looked = OutputFolder.look(settings.disk());
        TransferEngine engine = TransferEngine.start(EngineSettings.DEFAULTS)) {
      TransferContext context =
          engine.join(
              settings,
              TransferContext.Target.of(looked),
              permits,
              control,
              new TransferListener() {});
      Consumer<PlannedRow> add = rows::add;
      new Planner(context, looked, settings, control.cancellation())
          .plan(List.of(new ManifestRow.Good(file)).iterator(), add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.getFirst();
  }
}
