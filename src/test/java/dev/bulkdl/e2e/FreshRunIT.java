package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs into an empty folder, and the run after them. */
class FreshRunIT extends EndToEnd {
  private static final Payload A = new Payload(1, 300_000);
  private static final Payload B = new Payload(2, 5_000);

  private FaultServer served() {
    return server.serve("/a", A).serve("/b", B);
  }

  // ---- what comes of it

  @Test
  void downloadsAManifestOfTwoColumnsWhateverItsFirstLineSays() {
    served();
    manifest("my files.v2.csv", "Was,Wo", "a.bin," + server.uri("/a"), "b.bin," + server.uri("/b"));
    Result result = run("my files.v2.csv");
    assertThat(result.exit()).isZero();
    Trees.assertHolds(folder.resolve("my files.v2"), Map.of("a.bin", A, "b.bin", B));
    assertThat(result.out())
        .contains("2 of 2 are there: 2 completed, 0 skipped; 0 failed, 0 cancelled")
        .contains("checked    not checked against a hash: 2")
        .contains("results.csv");
    assertThat(result.err()).contains("ended after").doesNotContain("p99");
    assertThat(out("my files.v2").own("results.csv")).exists();
    assertThat(out("my files.v2").own("report.json")).exists();
    assertThat(out("my files.v2").own("run.log")).isNotEmptyFile();
    assertThat(out("my files.v2").own("failed.csv")).doesNotExist();
    try (Stream<Path> all = listed(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("my files.v2.csv", "my files.v2");
    }
  }

  @Test
  void writesARowForEachFileUnderTheHeaderOfTheContract() {
    Payload bare = new Payload(3, 100);
    Payload chunked = new Payload(4, 200);
    served().serve("/bare", bare).serve("/chunked", chunked);
    server.always("/bare", new Fault.NoValidator());
    server.always("/chunked", new Fault.NoValidator(), new Fault.NoRanges(), new Fault.Chunked());
    manifest(
        "files.csv",
        "Note,URL,Name,SHA256,size",
        "first," + server.uri("/a") + ",a.bin," + A.sha256() + ",",
        "\"a, \"\"b\"\"\"," + server.uri("/b") + ",b.bin,,5000",
        "=1+1," + server.uri("/bare") + ",bare.bin,,",
        "," + server.uri("/chunked") + ",chunked.bin,,");
    assertThat(run("files.csv").exit()).isZero();
    assertThat(out("files").ownLines("results.csv").getFirst())
        .isEqualTo(
            "filename,url,status,bytes,size,seconds,attempts,segments,proof,error,"
                + "error_class,http_status,started,ended,final_url,etag,last_modified,content_type,hash,"
                + "Note");
    assertThat(out("files").results()).hasSize(4);
    assertThat(withoutSeconds("a.bin")).isEqualTo(row("a.bin", "/a", 300_000, "sha256", "first"));
    assertThat(withoutSeconds("b.bin")).isEqualTo(row("b.bin", "/b", 5_000, "etag", "a, \"b\""));
    assertThat(withoutSeconds("bare.bin"))
        .isEqualTo(row("bare.bin", "/bare", 100, "length", "'=1+1"));
    assertThat(withoutSeconds("chunked.bin"))
        .isEqualTo(row("chunked.bin", "/chunked", 200, "none", ""));
    assertThat(out("files").results())
        .extracting(row -> row.get("seconds"))
        .allMatch(text -> text.matches("\\d+\\.\\d{3}"));
  }

  private Map<String, String> withoutSeconds(String filename) {
    Map<String, String> row = new TreeMap<>(out("files").result(filename));
    row.remove("seconds");
    row.remove("attempts");
    assertThat(Instant.parse(row.remove("started")))
        .isBeforeOrEqualTo(Instant.parse(row.remove("ended")));
    assertThat(row.remove("final_url")).isEqualTo(row.get("url"));
    List.of("etag", "last_modified", "content_type", "hash").forEach(row::remove);
    return row;
  }

  private Map<String, String> row(
      String filename, String path, long size, String proof, String note) {
    Map<String, String> row = new TreeMap<>();
    row.put("filename", filename);
    row.put("url", server.uri(path).toString());
    row.put("status", "completed");
    row.put("bytes", Long.toString(size));
    row.put("size", Long.toString(size));
    row.put("segments", "1");
    row.put("proof", proof);
    row.put("error", "");
    row.put("error_class", "");
    row.put("http_status", "");
    row.put("Note", note);
    return row;
  }

  @Test
  void writesReportJsonWithTheFieldNamesOfTheContract() {
    served();
    manifest("files.csv", "filename,url", "a," + server.uri("/a"), "b," + server.uri("/b"));
    assertThat(run("files.csv").exit()).isZero();
    JsonNode report = out("files").report();
    assertThat(report.propertyNames())
        .contains(
            "version",
            "manifest",
            "outputDir",
            "startedAt",
            "tls",
            "elapsedSeconds",
            "exitCode",
            "files",
            "bytes",
            "throughput",
            "latencyMillis",
            "retries",
            "failures",
            "hosts");
    assertThat(report.get("files").propertyNames())
        .contains("total", "completed", "skipped", "failed", "cancelled");
    assertThat(report.get("bytes").propertyNames())
        .contains("downloaded", "resumed", "discarded", "total");
    assertThat(report.get("throughput").propertyNames())
        .contains("meanBytesPerSecond", "peakBytesPerSecond");
    assertThat(report.get("latencyMillis").propertyNames())
        .contains("connect", "firstByte", "file");
    for (JsonNode latency : report.get("latencyMillis")) {
      assertThat(latency.propertyNames())
          .contains("count", "min", "mean", "p50", "p90", "p99", "p999", "max");
    }
    JsonNode host = report.get("hosts").get(server.origin());
    assertThat(host.propertyNames()).contains("files", "bytes", "errors", "throttled");
    assertThat(report.get("manifest").asString()).isEqualTo("files.csv");
    assertThat(report.get("outputDir").asString()).isEqualTo("files");
    assertThat(report.get("tls").asString()).isEqualTo("none");
    assertThat(report.get("exitCode").asInt()).isZero();
    assertThat(report.get("files").get("completed").asInt()).isEqualTo(2);
    assertThat(report.get("bytes").get("downloaded").asLong()).isEqualTo(305_000);
    assertThat(report.get("bytes").get("total").asLong()).isEqualTo(305_000);
    assertThat(report.get("latencyMillis").get("file").get("count").asInt()).isEqualTo(2);
    assertThat(host.get("bytes").asLong()).isEqualTo(305_000);
  }

  // ---- manifests

  /** A manifest's text with SERVER for the server, its name, and the names of its two files. */
  static Stream<Arguments> manifests() {
    String hash = A.sha256();
    return Stream.of(
        arguments("semicolon", "filename;url\na.bin;SERVER/a\n\"b;1.bin\";SERVER/b\n", "b;1.bin"),
        arguments("tab", "link\tout\nSERVER/a\ta.bin\nSERVER/b\tb.bin\n", "b.bin"),
        arguments(
            "bom-and-crlf",
            "\ufefffile,uri,checksum\r\n# no\r\n\r\na.bin,SERVER/a," + hash + "\r\nb,SERVER/b,\r\n",
            "b"),
        arguments("no-header", "a.bin,SERVER/a\nb.bin,SERVER/b\n", "b.bin"));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void readsManifestsAsPeopleWriteThem(String name, String text, String nameOfB)
      throws IOException {
    served();
    Files.writeString(folder.resolve(name + ".csv"), text.replace("SERVER", server.origin()));
    Result result = run(name + ".csv");
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(folder.resolve(name), Map.of("a.bin", A, nameOfB, B));
    assertThat(result.err().contains("warning:")).isEqualTo(name.equals("no-header"));
  }

  @Test
  void readsAGzippedManifestAndNamesTheFolderAfterIt() throws IOException {
    served();
    Path file = folder.resolve("files.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          ("filename,url\na.bin," + server.uri("/a") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(run("files.csv.gz").exit()).isZero();
    Trees.assertHolds(folder.resolve("files"), "a.bin", A);
  }

  @Test
  void readsAManifestFromStandardInput() {
    served();
    Result result =
        bulkdl("-", "-d", "here/below").stdin("filename,url\na.bin," + server.uri("/a")).run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(folder.resolve("here/below"), "a.bin", A);
  }

  @Test
  void takesNamesWithFoldersSpacesOtherScriptsAndFromTheUrl() {
    served().serve("/x/%C3%BCber%20all.bin", B).serve("/sp%20ace", B).serve("/last.txt", B);
    manifest(
        "files.csv",
        "filename,url",
        "one/two/three.bin," + server.uri("/a"),
        "  spaces and 日本語 é.bin," + server.uri("/sp%20ace"),
        "," + server.uri("/x/%C3%BCber%20all.bin"),
        "," + server.origin() + "/last.txt?version=2#part");
    Result result = run("files.csv");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Trees.names(folder.resolve("files")))
        .hasSize(4)
        .contains("one/two/three.bin", "über all.bin", "last.txt")
        .anyMatch(name -> name.endsWith("spaces and 日本語 é.bin"));
    assertThat(A.matches(folder.resolve("files/one/two/three.bin"))).isTrue();
    assertThat(server.requests("/last.txt").getFirst().query()).isEqualTo("version=2");
  }

  @Test
  void encodesWhatAUrlMayNotHold() {
    server.serve("/sp%20ace/%C3%BC", A);
    manifest("files.csv", "filename,url", "a.bin," + server.origin() + "/sp ace/ü");
    assertThat(run("files.csv").exit()).isZero();
    Trees.assertHolds(folder.resolve("files"), "a.bin", A);
  }

  @Test
  void checksEveryKindOfHash() {
    served();
    List<String> lines =
        new ArrayList<>(List.of("filename,url,sha512,sha256,sha1,md5,crc32c,checksum"));
    List<String> names = List.of("SHA-512", "SHA-256", "SHA-1", "MD5", "crc32c");
    for (int i = 0; i < names.size(); i++) {
      String cells = ",".repeat(i + 1) + A.hash(names.get(i)) + ",".repeat(names.size() - i);
      lines.add(names.get(i) + "," + server.uri("/a") + cells);
    }
    lines.add("tagged," + server.uri("/a") + ",,,,,,md5:" + A.hash("MD5").toUpperCase());
    lines.add("bare," + server.uri("/a") + ",,,,,," + A.hash("SHA-1"));
    manifest("files.csv", lines);
    Result result = run("files.csv");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(proofs())
        .isEqualTo(
            Map.of(
                "SHA-512", "sha512",
                "SHA-256", "sha256",
                "SHA-1", "sha1",
                "MD5", "md5",
                "crc32c", "crc32c",
                "tagged", "md5",
                "bare", "sha1"));
  }

  private Map<String, String> proofs() {
    Map<String, String> proofs = new HashMap<>();
    out("files").results().forEach(row -> proofs.put(row.get("filename"), row.get("proof")));
    return proofs;
  }

  // ---- kinds of files

  @Test
  void makesAnEmptyFile() {
    server.serve("/empty", new Payload(1, 0)).serve("/told", new Payload(1, 0));
    manifest(
        "files.csv",
        "filename,url,size",
        "empty," + server.uri("/empty") + ",",
        "told," + server.uri("/told") + ",0");
    Result result = run("files.csv");
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(
        folder.resolve("files"), Map.of("empty", new Payload(1, 0), "told", new Payload(1, 0)));
    assertThat(out("files").result("told")).containsEntry("status", "completed");
    assertThat(server.requests("/told")).noneMatch(SeenRequest::isRanged).hasSize(1);
  }

  @Test
  void fetchesALargeFileOverSeveralConnections() {
    Payload large = new Payload(5, 8 * MIB);
    Gate gate = new Gate();
    server.serve("/large", large).always("/large", new Fault.Stall(256 * KIB, gate));
    manifestOf("large.bin", "/large");
    try (var process = bulkdl("files.csv", "--segment-min", "1M").start()) {
      server.traffic().awaitRequests("/large", 4);
      gate.open();
      assertThat(process.awaitExit().exit()).isZero();
    }
    Trees.assertHolds(folder.resolve("files"), "large.bin", large);
    assertThat(out("files").result("large.bin"))
        .containsEntry("segments", "4")
        .containsEntry("bytes", Long.toString(large.size()))
        .containsEntry("proof", "etag");
    assertThat(server.traffic().maxInFlight()).isEqualTo(4);
    assertThat(server.requests().stream().filter(SeenRequest::isGet).skip(1))
        .allMatch(SeenRequest::isRanged)
        .allMatch(request -> request.header("If-Range").isPresent());
  }

  @Test
  void neverSplitsAFileWithOneSegment() {
    server.serve("/large", new Payload(5, 2 * MIB)).always("/large", new Fault.Throttle(2 * MIB));
    manifestOf("large.bin", "/large");
    assertThat(run("files.csv", "-s", 1, "--segment-min", "256K").exit()).isZero();
    assertThat(server.requests()).filteredOn(SeenRequest::isGet).hasSize(1);
    assertThat(out("files").result("large.bin")).containsEntry("segments", "1");
  }

  @Test
  void getFetchesOneUrlIntoTheWorkingFolder() {
    served();
    assertThat(run("get", server.uri("/a"), "-o", "one.bin").exit()).isZero();
    assertThat(run("get", server.uri("/b")).exit()).isZero();
    Trees.assertHolds(folder, Map.of("one.bin", A, "b", B));
  }

  // ---- what is shown

  @Test
  void jsonPrintsReportJsonAndNothingElse() throws IOException {
    served();
    manifestOf("a.bin", "/a");
    Result result = run("files.csv", "--json");
    assertThat(result.exit()).isZero();
    assertThat(result.out().strip())
        .isEqualTo(Files.readString(out("files").own("report.json")).strip());
    assertThat(JsonMapper.shared().readTree(result.out()).get("exitCode").asInt()).isZero();
  }

  @Test
  void quietPrintsNothing() {
    served();
    manifestOf("a.bin", "/a");
    assertThat(run("files.csv", "-q")).isEqualTo(new Result(0, "", ""));
  }

  @Test
  void verboseTellsOfRetries() {
    served().with("/a", new Fault.Status(503)).with("/b", new Fault.Status(500));
    manifest("files.csv", "filename,url", "a," + server.uri("/a"));
    manifest("others.csv", "filename,url", "b," + server.uri("/b"));
    Result verbose = run("files.csv", "-v", "--retry-delay", "1ms");
    assertThat(verbose.exit()).isZero();
    assertThat(verbose.err()).contains("retry in").contains("503");
    assertThat(out("files").report().get("retries").asInt()).isEqualTo(1);
    Result normal = run("others.csv", "--retry-delay", "1ms");
    assertThat(normal.exit()).isZero();
    assertThat(normal.err()).doesNotContain("retry in");
  }

  @Test
  void logsWhereAndInWhichFormatItIsTold() throws IOException {
    served();
    manifestOf("a.bin", "/a");
    assertThat(run("files.csv", "--log-file", "the.log", "--log-format", "json").exit()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("the.log"));
    assertThat(lines)
        .extracting(line -> JsonMapper.shared().readTree(line).get("event").asString())
        .startsWith("run-started")
        .contains("file-started", "file-ended")
        .endsWith("run-ended");
    assertThat(out("files").own("run.log")).doesNotExist();
  }

  // ---- run again

  @Test
  void aSecondRunSkipsWhatIsThereWithoutARequestWhereTheManifestGivesSizes() {
    served();
    manifest(
        "files.csv",
        "filename,url,size",
        "a," + server.uri("/a") + ",300000",
        "b," + server.uri("/b") + ",5000");
    assertThat(run("files.csv").exit()).isZero();
    int before = server.requests().size();
    Result second = run("files.csv");
    assertThat(second.exit()).isZero();
    assertThat(second.out()).contains("0 completed, 2 skipped");
    assertThat(server.requests()).hasSize(before);
    assertThat(out("files").result("a"))
        .containsEntry("status", "skipped")
        .containsEntry("bytes", "0")
        .containsEntry("size", "300000")
        .containsEntry("proof", "length");
    Trees.assertHolds(folder.resolve("files"), Map.of("a", A, "b", B));
  }

  @Test
  void aSecondRunAsksForNoMoreThanTheLengthWhereTheManifestGivesNone() {
    served();
    manifest("files.csv", "filename,url", "a," + server.uri("/a"), "b," + server.uri("/b"));
    assertThat(run("files.csv").exit()).isZero();
    int requests = server.requests().size();
    assertThat(run("files.csv").out()).contains("0 completed, 2 skipped");
    assertThat(server.requests().stream().skip(requests)).hasSize(2).allMatch(SeenRequest::isHead);
    assertThat(server.bytesServed()).isEqualTo(A.size() + B.size());
  }

  /** The encoded bytes are the file: its length is theirs. */
  @Test
  void aSecondRunFindsWhatWasServedWithContentEncoding() {
    served();
    server.always("/a", new Fault.ContentEncoding("gzip"));
    manifest("files.csv", "filename,url", "a," + server.uri("/a"));
    assertThat(run("files.csv").exit()).isZero();
    Result second = run("files.csv");
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.out()).contains("0 completed, 1 skipped");
    assertThat(out("files").result("a")).containsEntry("proof", "length");
  }

  // ---- limits

  @Test
  void keepsToMaxFiles() {
    Gate gate = holdAll(8);
    try (var process = bulkdl("files.csv", "-j", 2).start()) {
      gate.openStepByStep(2, 8);
      assertThat(process.awaitExit().exit()).isZero();
    }
    assertThat(server.traffic().maxInFlight()).isEqualTo(2);
  }

  @Test
  void keepsToMaxConnections() {
    Gate gate = holdAll(8);
    try (var process = bulkdl("files.csv", "-c", 3).start()) {
      gate.openStepByStep(3, 8);
      assertThat(process.awaitExit().exit()).isZero();
    }
    assertThat(server.traffic().maxInFlight()).isEqualTo(3);
    assertThat(server.traffic().maxOpenConnections()).isEqualTo(3);
  }

  @Test
  void keepsToMaxPerHostWhileOtherHostsGoOn() {
    Gate gate = new Gate();
    Gate othersGate = new Gate();
    try (FaultServer other = FaultServer.http()) {
      List<String> lines = new ArrayList<>(List.of("filename,url"));
      for (int i = 0; i < 6; i++) {
        server.serve("/" + i, B).always("/" + i, new Fault.HoldBefore(gate));
        other.serve("/" + i, B).always("/" + i, new Fault.HoldBefore(othersGate));
        lines.add("one" + i + "," + server.uri("/" + i));
        lines.add("other" + i + "," + other.uri("/" + i));
      }
      manifest("files.csv", lines);
      try (var process = bulkdl("files.csv", "--max-per-host", 2).start()) {
        othersGate.awaitArrivals(2);
        gate.openStepByStep(2, 6);
        othersGate.openStepByStep(2, 6);
        assertThat(process.awaitExit().exit()).isZero();
      }
      assertThat(server.traffic().maxInFlight()).isEqualTo(2);
      assertThat(other.traffic().maxInFlight()).isEqualTo(2);
    }
  }

  private Gate holdAll(int files) {
    Gate gate = new Gate();
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    serveSmall(files);
    for (int i = 0; i < files; i++) {
      server.always("/" + i, new Fault.HoldBefore(gate));
      lines.add(i + ".bin," + server.uri("/" + i));
    }
    manifest("files.csv", lines);
    return gate;
  }

  @Test
  void fetchesAThousandSmallFilesOverFewConnections() {
    List<Payload> payloads = serveSmall(1000);
    List<String> lines =
        IntStream.range(0, 1000)
            .mapToObj(i -> "%d/%d.bin,%s".formatted(i % 10, i, server.uri("/" + i)))
            .toList();
    manifest("files.csv", Stream.concat(Stream.of("name,link"), lines.stream()).toList());
    Result result = run("files.csv");
    assertThat(result.exit()).as(result.err()).isZero();
    Map<String, Payload> expected = new HashMap<>();
    IntStream.range(0, 1000)
        .forEach(i -> expected.put("%d/%d.bin".formatted(i % 10, i), payloads.get(i)));
    Trees.assertHolds(folder.resolve("files"), expected);
    assertThat(out("files").results()).hasSize(1000);
    assertThat(server.requests()).hasSize(1000);
    assertThat(server.traffic().maxInFlight()).isLessThanOrEqualTo(16);
    assertThat(server.traffic().connections()).isLessThanOrEqualTo(Limits.DEFAULTS.maxPerHost());
  }

  private static Stream<Path> listed(Path folder) {
    try {
      return Files.list(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
