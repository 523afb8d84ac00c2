package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two commands that only look: what they print, and how they end. */
class PlanVerifyIT {

  @TempDir private Path folder;
  private final Payload payload = new Payload(5, 1000);
  private final FaultServer server = FaultServer.http().serve("/a", payload);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void plansDownloadsAndChangesNothing() throws IOException {
    manifest("filename,url", "x/a," + server.uri("/a"), "b," + server.uri("/a"));
    Result result = JarRun.of("plan", "m.csv").quick().in(folder).run();
    assertThat(result.out())
        .startsWith("x/a\t1000\tyes\tdownload\nb\t1000\tyes\tdownload\n\n")
        .contains("files      2: 2 download\n")
        .contains("to fetch   2.0 KiB\n")
        .contains(" needed, ");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("m.csv"));
    }
  }

  @Test
  void plansForAFolderThatARunHas() throws IOException {
    Gate gate = new Gate();
    server.serve("/slow", payload).with("/slow", new Fault.HoldBefore(gate));
    manifest("filename,url", "a," + server.uri("/slow"));
    try (BulkdlProcess run = JarRun.of("m.csv").quick().in(folder).start()) {
      gate.awaitArrivals(1);
      Result plan = JarRun.of("plan", "m.csv").quick().in(folder).run();
      assertThat(plan.exit()).isZero();
      assertThat(plan.out()).startsWith("a\t1000\tyes\tdownload\n");
      gate.open();
      assertThat(run.awaitExit().exit()).isZero();
    }
  }

  @Test
  void aRowThatCannotBeHadEndsWith1AndOneThatMayPassWith3() throws IOException {
    server.always("/busy", new Fault.Status(503));
    manifest("filename,url", "a," + server.uri("/a"), "b," + server.uri("/busy"));
    JarRun plan = JarRun.of("plan", "m.csv", "--retries", 0, "-q").quick().in(folder);
    Result busy = plan.run();
    assertThat(busy.out()).startsWith("b\t?\t?\terror: http: 503").hasLineCount(1);
    assertThat(busy.exit()).isEqualTo(3);
    manifest("filename,url", "a," + server.uri("/missing"), "b," + server.uri("/busy"));
    assertThat(plan.run().exit()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitEndsWith4() throws IOException {
    server.always("/huge", new Fault.WrongTotal(1L << 50));
    server.serve("/huge", payload);
    manifest("filename,url", "a," + server.uri("/huge"));
    Result result = JarRun.of("plan", "m.csv").quick().in(folder).run();
    assertThat(result.out()).contains("TOO LITTLE");
    assertThat(result.err()).contains("warning: this does not fit");
    assertThat(result.exit()).isEqualTo(4);
  }

  @Test
  void badRowsEndWith2UnlessTheyAreSkipped() throws IOException {
    manifest("filename,url", "a," + server.uri("/a"), "../b,ftp://h/");
    Result refused = JarRun.of("plan", "m.csv").quick().in(folder).run();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(server.requests()).isEmpty();
    assertThat(JarRun.of("verify", "m.csv").quick().in(folder).run().exit()).isEqualTo(2);
    Result skipped = JarRun.of("plan", "m.csv", "--skip-bad-rows").quick().in(folder).run();
    assertThat(skipped.out()).contains("a\t1000\tyes\tdownload\nline 3\t?\t?\terror: ");
    assertThat(skipped.exit()).isEqualTo(1);
  }

  @Test
  void aSignalStopsAPlan() throws IOException {
    Gate gate = new Gate();
    server.serve("/slow", payload).always("/slow", new Fault.HoldBefore(gate));
    manifest("filename,url", "a," + server.uri("/a"), "b," + server.uri("/slow"));
    try (BulkdlProcess plan = JarRun.of("plan", "m.csv").quick().in(folder).start()) {
      plan.awaitStdout(text -> text.contains("a\t1000"));
      gate.awaitArrivals(1);
      plan.signal("INT");
      Result result = plan.awaitExit();
      assertThat(result.exit()).isEqualTo(130);
      assertThat(result.out()).contains("files      1: 1 download");
      assertThat(result.err()).contains("stopped");
    }
    gate.open();
  }

  @Test
  void verifiesWithoutTheNetwork() throws IOException {
    Files.createDirectory(folder.resolve("m"));
    payload.writeTo(folder.resolve("m/a"));
    payload.writeTo(folder.resolve("m/b"));
    manifest(
        "filename,url,size,sha256",
        "a," + server.uri("/a") + ",1000," + payload.sha256(),
        "b," + server.uri("/a") + ",1000,");
    JarRun verify = JarRun.of("verify", "m.csv").quick().in(folder);
    Result quiet = verify.run();
    assertThat(quiet.out()).isEqualTo("files      2 there: 1 sha256, 1 length\n");
    assertThat(quiet.exit()).isZero();
    assertThat(verify.and("-v").run().out()).contains("a\tok: sha256\n", "b\tok: length\n");
    Files.delete(folder.resolve("m/b"));
    Result missing = verify.run();
    assertThat(missing.out()).startsWith("b\tmissing\n").contains("problems   1 missing");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(server.requests()).isEmpty();
  }

  /** A plain list of URLs, one file zeroed and one cut: the inventory knows both. */
  @Test
  void whatARunHasRecordedIsComparedWhereTheListHasNothing() throws IOException {
    server.serve("/b", new Payload(6, 1000)).serve("/c", new Payload(7, 1000));
    manifest(server.uri("/a").toString(), server.uri("/b").toString(), server.uri("/c").toString());
    assertThat(JarRun.of("m.csv", "--hash=sha256").quick().in(folder).run().exit()).isZero();
    JarRun verify = JarRun.of("verify", "m.csv").quick().in(folder);
    Result right = verify.run();
    assertThat(right.out()).isEqualTo("files      3 there: 3 sha256 by the inventory\n");
    assertThat(right.exit()).isZero();
    Files.write(folder.resolve("m/b"), new byte[1000]);
    Files.write(folder.resolve("m/c"), new byte[10]);
    Result wrong = verify.run();
    assertThat(wrong.out())
        .contains("b\twrong hash: sha256 is ", "c\twrong size: 10 bytes, expected 1000\n");
    assertThat(wrong.exit()).isEqualTo(1);
  }

  @Test
  void aFileThatIsComparedWithNothingIsNotCalledRight() throws IOException {
    Files.createDirectory(folder.resolve("m"));
    payload.writeTo(folder.resolve("m/a"));
    manifest(server.uri("/a").toString());
    JarRun verify = JarRun.of("verify", "m.csv").quick().in(folder);
    Result unchecked = verify.run();
    assertThat(unchecked.out()).isEqualTo("files      1 there: 1 not checked\n");
    assertThat(unchecked.err()).contains("1 files were not checked", "--allow-unchecked");
    assertThat(unchecked.exit()).isEqualTo(1);
    assertThat(verify.and("--allow-unchecked").run().exit()).isZero();
  }

  @Test
  void bothCommandsPrintJson() throws IOException {
    server.serve("/b", payload);
    manifest("filename,url", "a," + server.uri("/a"), "b," + server.uri("/gone"));
    JsonNode plan = json(JarRun.of("plan", "m.csv", "--json").quick().in(folder).run());
    assertThat(plan.at("/rows/0/action").asString()).isEqualTo("download");
    assertThat(plan.at("/rows/0/size").asLong()).isEqualTo(1000);
    assertThat(plan.at("/rows/1/text").asString()).contains("404");
    assertThat(plan.at("/totals/files").asLong()).isEqualTo(2);
    JsonNode none = json(JarRun.of("verify", "m.csv", "--json").quick().in(folder).run());
    assertThat(none.at("/rows/0/state").asString()).isEqualTo("missing");
    assertThat(none.at("/totals/missing").asLong()).isEqualTo(2);
    assertThat(JarRun.of("m.csv").quick().in(folder).run().exit()).isEqualTo(1);
    JsonNode some = json(JarRun.of("verify", "m.csv", "--json").quick().in(folder).run());
    assertThat(some.at("/rows").findValuesAsString("by")).containsExactly("inventory");
    assertThat(some.at("/totals/byInventory/length").asLong()).isEqualTo(1);
  }

  private static JsonNode json(Result result) {
    return JsonMapper.shared().readTree(result.out());
  }

  @Test
  void whatCannotBeReadEndsWith4() throws IOException {
    Files.createDirectory(folder.resolve("d"));
    Files.createSymbolicLink(folder.resolve("d/a"), folder.resolve("d/a"));
    manifest("filename,url", "a," + server.uri("/a"));
    Result result = JarRun.of("verify", "m.csv", "-d", "d").quick().in(folder).run();
    assertThat(result.out()).startsWith("a\tunreadable: ");
    assertThat(result.exit()).isEqualTo(4);
  }

  private void manifest(String... lines) throws IOException {
    Files.writeString(folder.resolve("m.csv"), String.join("\n", lines) + "\n");
  }
}
