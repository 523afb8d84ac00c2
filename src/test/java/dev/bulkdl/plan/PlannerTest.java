package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.http.JettyClient;
import dev.bulkdl.manifest.ManifestError;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Background;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.UnreachablePort;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {

  private static final int SIZE = 2 << 20; // large enough for a journal

  private static final String SKIP = "skip (there already)";

  @TempDir private Path folder;
  private final Payload payload = new Payload(7, SIZE);
  private Limits limits = Limits.FIXED;
  private final FaultServer server = FaultServer.http().serve("/a", payload);
  private final RunControl control = new RunControl(new Permits(Limits.FIXED));
  private Path out;

  @BeforeEach
  void name() {
    out = folder.resolve("out");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void asksForSizeAndRangesAndCreatesNothing() throws IOException {
    assertThat(plan(row("sub/a", "/a"))).containsExactly(line("sub/a", SIZE, "yes", "download"));
    assertThat(folder).isEmptyDirectory();
    assertThat(server.bytesServed()).isLessThanOrEqualTo(1);
  }

  @Test
  void aFileThatIsLargerThanAllowedIsAnError() throws IOException {
    limits = Limits.FIXED.withMaxFileSize(OptionalLong.of(SIZE - 1));
    assertThat(plan(row("a", "/a")).getFirst()).contains("error", "--max-file-size");
    put("a", payload);
    assertThat(plan(row("a", "/a"))).containsExactly(line("a", SIZE, "yes", SKIP));
  }

  @Test
  void showsAServerWithoutRanges() throws IOException {
    server.serve("/small", new Payload(1, 10)).always("/small", new Fault.NoRanges());
    assertThat(plan(row("a", "/small")).getFirst()).startsWith("a\t10\t").doesNotContain("yes");
  }

  @Test
  void showsASizeThatNobodyTells() throws IOException {
    server.serve("/small", new Payload(1, 10));
    server.always("/small", new Fault.NoRanges(), new Fault.Chunked());
    assertThat(plan(row("a", "/small")).getFirst()).startsWith("a\t?\t").endsWith("\tdownload");
  }

  @Test
  void aFileOfTheManifestsSizeNeedsNoRequest() throws IOException {
    put("a", payload);
    assertThat(plan(sized("a", "/a", SIZE))).containsExactly(line("a", SIZE, "?", SKIP));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aFileOfTheServersSizeIsThereAlready() throws IOException {
    put("a", payload);
    assertThat(plan(row("a", "/a"))).containsExactly(line("a", SIZE, "yes", SKIP));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aFileOfAnotherSizeIsInTheWay() throws IOException {
    put("a", new Payload(1, 5));
    assertThat(plan(row("a", "/a")).getFirst()).contains("\tyes\tblocked: another file");
    assertThat(plan(sized("a", "/a", SIZE)).getFirst()).contains("\t?\tblocked: another file");
  }

  @Test
  void overwritingReplacesIt() throws IOException {
    put("a", new Payload(1, 5));
    assertThat(plan(disk -> with(disk, true, false, false), row("a", "/a")))
        .containsExactly(line("a", SIZE, "yes", "replace"));
    assertThat(server.requests())
        .extracting(SeenRequest::method)
        .containsExactly("HEAD", "GET"); // HEAD alone does not decide that a file makes way
    assertThat(server.bytesServed()).isLessThanOrEqualTo(1);
  }

  @Test
  void continuingTakesItAsTheBeginningUnlessTheServerGivesNoRanges() throws IOException {
    put("a", new Payload(1, 5));
    assertThat(plan(disk -> with(disk, false, true, false), row("a", "/a")))
        .containsExactly(line("a", SIZE, "yes", "continue existing"));
    server.always("/a", new Fault.NoRanges());
    assertThat(plan(disk -> with(disk, false, true, false), row("a", "/a")).getFirst())
        .contains("\tno\tblocked: ", "the server does not support ranges", "--overwrite");
    assertThat(plan(disk -> with(disk, true, true, false), row("a", "/a")).getFirst())
        .endsWith("\treplace");
  }

  @Test
  void verifyingHashesWhatIsThere() throws IOException {
    put("a", payload);
    put("b", new Payload(8, SIZE));
    UnaryOperator<DiskSettings> verify = disk -> with(disk, false, false, true);
    assertThat(plan(verify, hashed("a"), hashed("b")))
        .satisfiesExactly(
            a -> assertThat(a).isEqualTo(line("a", SIZE, "?", SKIP)),
            b -> assertThat(b).contains("blocked: another file"));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void resumesFromAPartWithItsJournal() throws IOException {
    leavePart("a", 1_500_000);
    SortedMap<String, String> before = Trees.hashes(out);
    assertThat(plan(row("a", "/a")))
        .containsExactly(line("a", SIZE, "yes", "resume at 1500000 bytes"));
    assertThat(Trees.hashes(out)).isEqualTo(before);
  }

  @Test
  void beginsAnewWhereTheRemoteFileHasAnotherLength() throws IOException {
    leavePart("a", 1_500_000);
    server.serve("/a", new Payload(7, SIZE + 1));
    assertThat(plan(row("a", "/a"))).containsExactly(line("a", SIZE + 1, "yes", "download"));
  }

  @Test
  void tellsRefusalsAndOtherSizesAsErrors() throws IOException {
    try (UnreachablePort port = UnreachablePort.refusing()) {
      Download unreachable = Download.of("c", port.uri("/c"));
      assertThat(plan(row("a", "/missing"), sized("b", "/a", 3), good(unreachable)))
          .satisfiesExactly(
              a -> assertThat(a).startsWith("a\t?\t?\terror: http: 404"),
              b -> assertThat(b).startsWith("b\t" + SIZE + "\tyes\terror: changed: the manifest"),
              c -> assertThat(c).startsWith("c\t?\t?\terror: connect: "));
    }
  }

  @Test
  void tellsWhatTheDiskRefuses() throws IOException {
    put("file", new Payload(1, 1));
    Files.createDirectory(out.resolve("folder"));
    assertThat(plan(row("file/a", "/a"), row("folder", "/a")))
        .satisfiesExactly(
            a -> assertThat(a).contains("\terror: disk: "),
            b -> assertThat(b).contains("\tblocked: something that is not a file has"));
  }

  @Test
  void keepsTheManifestsOrderOverMoreRowsThanTheWindowHolds() throws IOException {
    Gate gate = new Gate();
    server.with("/a", new Fault.HoldBefore(gate));
    List<ManifestRow> rows = new ArrayList<>();
    rows.add(row("first", "/a"));
    put("there", new Payload(1, 1));
    IntStream.range(0, 3000).forEach(i -> rows.add(sized("there", "/a", 1)));
    rows.add(bad(3002));
    CompletableFuture<List<String>> lines = Background.start(() -> planAll(disk -> disk, rows));
    gate.awaitArrivals(1);
    gate.open();
    assertThat(lines.join())
        .hasSize(3002)
        .startsWith(line("first", SIZE, "yes", "download"), line("there", 1, "?", SKIP))
        .endsWith("line 3002\t?\t?\terror: name: no such name");
  }

  @Test
  void stopsWhileServersAreSilent() {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    List<ManifestRow> rows = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> rows.add(row("file" + i, "/a")));
    CompletableFuture<List<String>> lines = Background.start(() -> planAll(disk -> disk, rows));
    gate.awaitArrivals(5);
    control.stop();
    assertThat(lines.join()).isEmpty();
    gate.open();
  }

  @Test
  void stopsBetweenRowsThatNeedNoRequest() throws IOException {
    put("a", payload);
    control.stop();
    assertThat(plan(sized("a", "/a", SIZE))).isEmpty();
  }

  @Test
  void aBugOfTheReceiverCutsTheOthersOffAndIsThrown() {
    server.serve("/b", payload).always("/b", new Fault.HoldBefore(new Gate()));
    IllegalStateException bug = new IllegalStateException("bug");
    assertThatThrownBy(
            () ->
                plan(
                    disk -> disk,
                    List.of(row("a", "/a"), row("b", "/b")).iterator(),
                    row -> {
                      throw bug;
                    }))
        .isSameAs(bug);
    assertThat(control.isStopped()).isTrue();
  }

  @Test
  void aBugOfAWorkerStopsTheOthersAndIsThrown() {
    IllegalStateException bug = new IllegalStateException("bug");
    Fetcher broken =
        (request, cancellation) -> {
          throw bug;
        };
    Iterator<ManifestRow> rows = List.of(row("a", "/a"), row("b", "/a")).iterator();
    assertThatThrownBy(() -> planWith(broken, Settings.in(out), rows, row -> {})).isSameAs(bug);
  }

  private List<String> plan(ManifestRow... rows) throws IOException {
    return plan(disk -> disk, rows);
  }

  private List<String> plan(UnaryOperator<DiskSettings> change, ManifestRow... rows) {
    return planAll(change, List.of(rows));
  }

  private List<String> planAll(UnaryOperator<DiskSettings> change, List<ManifestRow> rows) {
    List<String> lines = new ArrayList<>();
    boolean whole = plan(change, rows.iterator(), row -> lines.add(PlanText.row(row)));
    assertThat(whole).isEqualTo(!control.isStopped());
    return lines;
  }

  private boolean plan(
      UnaryOperator<DiskSettings> change,
      Iterator<ManifestRow> rows,
      Consumer<PlannedRow> receiver) {
    Settings plain = Settings.in(out).with(limits);
    Settings settings =
        plain.with(plain.patience().withRetries(0)).with(change.apply(plain.disk()));
    try (JettyClient client = client(settings)) {
      Fetcher fetcher = client.forRun(settings.timeouts(), took -> {});
      return planWith(fetcher, settings, rows, receiver);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JettyClient client(Settings settings) throws IOException {
    return new JettyClient(
        settings.http(),
        settings.timeouts().connect(),
        JettyClient.Allowed.by(new Permits(settings.limits())),
        "test");
  }

  private boolean planWith(
      Fetcher fetcher, Settings settings, Iterator<ManifestRow> rows, Consumer<PlannedRow> receiver)
      throws IOException {
    try (OutputFolder looked = OutputFolder.look(settings.disk())) {
      TransferContext context =
          new TransferContext(
              settings,
              TransferContext.Shared.alone(fetcher),
              TransferContext.Target.of(looked),
              new Permits(settings.limits()),
              control,
              new TransferListener() {});
      return new Planner(context, looked, settings, control.cancellation()).plan(rows, receiver);
    }
  }

  private void put(String name, Payload content) throws IOException {
    Files.createDirectories(out);
    content.writeTo(out.resolve(name));
  }

  private void leavePart(String name, long bytes) throws IOException {
    Version version =
        new Version(
            Optional.of("\"tag\""), Optional.empty(), Optional.empty(), OptionalLong.of(SIZE));
    try (OutputFolder taken = OutputFolder.open(DiskSettings.in(out))) {
      Placed placed = taken.place(TargetName.of(name));
      assertThat(placed).isInstanceOf(Placed.At.class);
      FilePaths place = ((Placed.At) placed).place();
      try (PartFile part = taken.part(place, server.uri("/a"))) {
        part.begin(version);
      }
      payload.writeFirst(bytes, place.part());
    }
  }

  private ManifestRow row(String name, String path) {
    return good(Download.of(name, server.uri(path)));
  }

  private ManifestRow sized(String name, String path, long size) {
    return good(download(name, path, OptionalLong.of(size)));
  }

  private ManifestRow hashed(String name) {
    Checksum hash = new Checksum(Algorithm.SHA256, payload.sha256());
    return good(download(name, "/a", OptionalLong.of(SIZE)).withChecksums(List.of(hash)));
  }

  private Download download(String name, String path, OptionalLong size) {
    return new Download(1, TargetName.of(name), server.uri(path), size, List.of(), Map.of());
  }

  private static ManifestRow good(Download download) {
    return new ManifestRow.Good(download);
  }

  private static ManifestRow bad(long line) {
    return new ManifestRow.Bad(line, Map.of(), List.of(ManifestError.ofRow(line, "no such name")));
  }

  private static DiskSettings with(
      DiskSettings disk, boolean overwrite, boolean continueExisting, boolean verifyExisting) {
    return disk.with(new ExistingPolicy(overwrite, continueExisting, verifyExisting, false, false))
        .with(SyncPolicy.NEVER);
  }

  private static String line(String name, long size, String ranges, String action) {
    return String.join("\t", name, Long.toString(size), ranges, action);
  }
}
