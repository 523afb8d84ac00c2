package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.OriginAttribute;
import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.testkit.Background;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Programs;
import dev.bulkdl.testkit.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code get}: several URLs, standard output, and nothing left but the files. */
class GetTest {

  private static final Payload ONE = new Payload(1, 5_000);
  private static final Payload TWO = new Payload(2, 6_000);

  private final FaultServer server = FaultServer.http().serve("/one", ONE).serve("/two", TWO);
  @TempDir Path folder;

  @AfterEach
  void closeServer() {
    server.close();
  }

  private InProcess.Ended get(String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of("get"));
    for (String argument : arguments) {
      all.add(argument.replace("URL/", server.uri("/").toString()).replace("OUT", folder + "/out"));
    }
    return InProcess.run(Map.of(), all);
  }

  @Test
  void severalUrlsLeaveTheirFilesAndNothingElse() {
    InProcess.Ended ended = get("URL/one", "URL/two", "URL/one", "-d", "OUT");
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("2 of 2 are there").doesNotContain(".bulkdl", "report");
    Trees.assertHolds(folder.resolve("out"), Map.of("one", ONE, "two", TWO));
    assertThat(Trees.names(folder.resolve("out"))).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void aFailureIsToldAndLeavesNothing() {
    InProcess.Ended ended = get("URL/gone", "URL/two", "-d", "OUT");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("failed: gone: http: 404 Not Found");
    assertThat(ended.out()).contains("run again  bulkdl get ").doesNotContain("to do", "results  ");
    assertThat(Trees.names(folder.resolve("out"))).containsExactly("two");
    assertThat(get("URL/gone", "-q", "-d", "OUT").err())
        .isEqualTo("bulkdl: failed: gone: http: 404 Not Found\n");
  }

  @Test
  void aReportAndALogAreKeptOnRequest() {
    assertThat(get("URL/one", "-d", "OUT", "--log-file", "OUT.log").exit()).isZero();
    assertThat(folder.resolve("out.log")).isNotEmptyFile();
    assertThat(folder.resolve("out/.bulkdl")).doesNotExist();
    InProcess.Ended ended = get("URL/two", "-d", "OUT", "--report");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("out/.bulkdl/report.html");
    assertThat(folder.resolve("out/.bulkdl/results.csv")).exists();
  }

  @Test
  void aHashThatIsAskedForIsShown() {
    InProcess.Ended ended = get("URL/one", "-d", "OUT", "--hash", "md5");
    assertThat(ended.out()).contains("md5:" + ONE.hash("MD5") + "  one");
  }

  @Test
  void jsonIsPrintedWithoutAFolder() {
    InProcess.Ended ended = get("URL/one", "-d", "OUT", "--json");
    assertThat(ended.out()).startsWith("{").contains("\"exitCode\" : 0");
    assertThat(Trees.names(folder.resolve("out"))).containsExactly("one");
  }

  // ---- names and places

  @Test
  void anAbsoluteNameIsTakenAsItIs() {
    Path file = folder.resolve("deep/er/mine.bin");
    InProcess.Ended ended = get("URL/one", "-o", file.toString(), "-d", "OUT");
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(file).hasBinaryContent(ONE.bytes());
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aNameIsForOneUrl() {
    InProcess.Ended ended = get("URL/one", "URL/two", "-o", "x");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("-o names one file, and there are 2 URLs; use -d");
  }

  @Test
  void twoUrlsOfOneNameAreRefusedBeforeAnyRequest() {
    InProcess.Ended ended = get("URL/one?a", "URL/one?b", "-d", "OUT");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("two URLs have the same name one");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aUrlWithoutASchemeOnThisMachineIsHttp() {
    String authority = server.uri("/").getAuthority();
    assertThat(get(authority + "/one", "-d", "OUT").exit()).isZero();
  }

  @Test
  void aUrlThatIsNoneIsToldByItsNumber() {
    assertThat(get("URL/one", "ftp://h/x", "-d", "OUT").err())
        .contains("URL 2: only http and https are fetched, not ftp");
    assertThat(get("URL/", "-d", "OUT").err()).contains("give one with -o");
  }

  // ---- where a file came from

  private static boolean hasAttributes(Path file) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    try {
      view.write("x", ByteBuffer.wrap(new byte[1]));
      view.delete("x");
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private void assumeAttributes() {
    Programs.skipUnless(
        hasAttributes(folder), "the file system of the test has extended attributes");
  }

  private String origin(String name) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            folder.resolve("out").resolve(name), UserDefinedFileAttributeView.class);
    ByteBuffer bytes = ByteBuffer.allocate(view.size("xdg.origin.url"));
    view.read("xdg.origin.url", bytes);
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  /** Two documents with one name and one length. */
  @Test
  void anotherDocumentIsNotTakenForTheOneThatIsThere() throws IOException {
    assumeAttributes();
    Payload other = new Payload(9, ONE.size());
    server.serve("/dl", ONE);
    assertThat(get("URL/dl?id=1", "-d", "OUT").exit()).isZero();
    assertThat(origin("dl")).isEqualTo(server.uri("/dl?id=1").toString());
    assertThat(get("URL/dl?id=1", "-d", "OUT").exit()).isZero();
    server.serve("/dl", other);
    InProcess.Ended second = get("URL/dl?id=2", "-d", "OUT");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err()).contains("it came from another URL: " + server.uri("/dl?id=1"));
    Trees.assertHolds(folder.resolve("out"), Map.of("dl", ONE));
    assertThat(get("URL/dl?id=2", "-d", "OUT", "--overwrite").exit()).isZero();
    Trees.assertHolds(folder.resolve("out"), Map.of("dl", other));
  }

  @Test
  void aFileOfUnknownOriginIsAConflictUnlessItsSizeIsTrusted() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    ONE.writeTo(folder.resolve("out/one"));
    InProcess.Ended ended = get("URL/one", "-d", "OUT");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("nothing tells which URL it came from", "--trust-size");
    assertThat(get("URL/one", "-d", "OUT", "--trust-size").exit()).isZero();
  }

  @Test
  void theAttributeCanBeTurnedOff() {
    assumeAttributes();
    assertThat(get("URL/one", "-d", "OUT", "--no-xattr").exit()).isZero();
    assertThat(OriginAttribute.read(folder.resolve("out/one"))).isEmpty();
    assertThat(get("URL/one", "-d", "OUT", "--no-xattr").exit()).isEqualTo(1);
  }

  /** A folder of runs keeps the origin in its inventory. */
  @Test
  void aFolderWithAnInventoryNotesTheFileThere() throws IOException {
    assertThat(get("URL/one", "-d", "OUT", "--report").exit()).isZero();
    assertThat(get("URL/two", "-d", "OUT").exit()).isZero();
    assertThat(OriginAttribute.read(folder.resolve("out/two"))).isEmpty();
    try (Inventory inventory = new Inventory(folder.resolve("out/.bulkdl"))) {
      assertThat(inventory.find(TargetName.of("two"))).isPresent();
      assertThat(inventory.find(TargetName.of("one"))).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"report 2024.bin, report 2024.bin", "../../up.bin, up.bin", ".hidden, dl"})
  void theServerNamesTheFileOnRequest(String stated, String name) {
    Map<String, String> headers =
        Map.of("Content-Disposition", "attachment; filename=\"" + stated + "\"");
    server.always("/dl", new Fault.Status(200, headers, "content"));
    InProcess.Ended ended = get("URL/dl?id=1", "-d", "OUT", "--content-disposition");
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(folder.resolve("out/" + name)).hasContent("content");
    assertThat(Trees.names(folder.resolve("out"))).containsExactly(name);
    assertThat(ended.err().contains("gives no name")).isEqualTo(name.equals("dl"));
  }

  @Test
  void anUnreachableServerIsAFailureAlsoWithItsNames() {
    InProcess.Ended ended = get("URL/gone", "-d", "OUT", "--content-disposition");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("failed: gone: http: 404");
  }

  // ---- standard output

  private record Streamed(int exit, byte[] out, String err) {}

  private Streamed stream(OutputStream out, ByteArrayOutputStream bytes, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of());
    int exit = Main.run(arguments, Map.of(), terminal);
    return new Streamed(exit, bytes.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  private Streamed stream(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return stream(out, out, arguments);
  }

  @Test
  void standardOutputGetsTheContentAndNothingElse() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(ONE.bytes());
    both.write(TWO.bytes());
    String one = server.uri("/one").toString();
    String two = server.uri("/two").toString();
    Streamed streamed = stream("get", one, two, "-o", "-");
    assertThat(streamed.exit()).as(streamed.err()).isZero();
    assertThat(streamed.out()).isEqualTo(both.toByteArray());
    assertThat(streamed.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/gone", "/cut"})
  void aFailureOnStandardOutputIsAMessage(String path) {
    server.always("/cut", new Fault.CutAfter(100)).serve("/cut", ONE);
    Streamed streamed = stream("get", server.uri(path).toString(), "-o", "-", "--retries", "0");
    assertThat(streamed.exit()).isEqualTo(path.equals("/gone") ? 1 : 3);
    assertThat(streamed.err()).contains("failed: standard output: ");
    assertThat(streamed.out().length).isLessThan(5_000);
  }

  @Test
  void aClosedPipeIsAnError() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Streamed streamed =
        stream(
            closed, new ByteArrayOutputStream(), "get", server.uri("/one").toString(), "-o", "-");
    assertThat(streamed.exit()).isEqualTo(4);
    assertThat(streamed.err()).contains("standard output cannot be written");
  }

  // ---- two at a time

  @Test
  void twoInOneFolderDoNotDisturbEachOtherAndOneFileIsLocked() throws Exception {
    Gate gate = new Gate();
    server.with("/one", new Fault.HoldBefore(gate));
    CompletableFuture<InProcess.Ended> first = Background.start(() -> get("URL/one", "-d", "OUT"));
    server.traffic().awaitRequests("/one", 1);
    assertThat(get("URL/two", "-d", "OUT").exit()).isZero();
    InProcess.Ended same = get("URL/one?again", "-o", "one", "-d", "OUT");
    gate.open();
    assertThat(same.exit()).isEqualTo(4);
    assertThat(same.err()).contains("is already being downloaded");
    assertThat(first.get().exit()).isZero();
    Trees.assertHolds(folder.resolve("out"), Map.of("one", ONE, "two", TWO));
    assertThat(Trees.names(folder.resolve("out"))).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void aCutDownloadGoesOnWhereItStopped() {
    Payload large = new Payload(5, 2 << 20);
    server.serve("/large", large).with("/large", new Fault.CutAfter(1 << 20));
    assertThat(get("URL/large", "-d", "OUT", "--retries", "0").exit()).isEqualTo(3);
    assertThat(folder.resolve("out/large.part")).exists();
    InProcess.Ended ended = get("URL/large", "-d", "OUT");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("resumed    ");
    assertThat(Files.exists(folder.resolve("out/large.part"))).isFalse();
    Trees.assertHolds(folder.resolve("out"), "large", large);
  }
}
