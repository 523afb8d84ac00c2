package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that get a signal to stop, and runs whose streams are closed. */
class SignalIT extends EndToEnd {
  private static final Payload LARGE = new Payload(1, 24 * MIB);
  private static final Payload SMALL = new Payload(2, 5_000);
  private static final long SENT = 20 * MIB;

  /** What a Linux pipe holds. */
  private static final int PIPE = 64 * KIB;

  /** A small file that completes, then a large one that stalls, then one that never begins. */
  private JarRun stalling() {
    server.serve("/small", SMALL).serve("/large", LARGE).serve("/later", SMALL);
    server.with("/large", new Fault.Stall(SENT));
    manifest(
        "files.csv",
        "filename,url",
        "small.bin," + server.uri("/small"),
        "large.bin," + server.uri("/large"),
        "later.bin," + server.uri("/later"));
    return bulkdl("files.csv", "-s", 1, "-j", 1);
  }

  private Map<String, Payload> all() {
    return Map.of("small.bin", SMALL, "large.bin", LARGE, "later.bin", SMALL);
  }

  private Result stopped(String signal) {
    try (BulkdlProcess process = stalling().start()) {
      server.awaitBytesServed("/large", SENT);
      process.signal(signal);
      return process.awaitExit();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void stopsCleanlyAtASignalAndGoesOnInTheNextRun(String signal, int code) {
    Result result = stopped(signal);
    assertThat(result.exit()).as(result.err()).isEqualTo(code);
    assertThat(result.out())
        .contains("of 3 are there:")
        .contains("not finished")
        .contains("run again");
    assertThat(result.err()).doesNotContain("Exception").doesNotContain("\tat ");
    OutFolder out = out("files");
    assertThat(out.report().get("exitCode").asInt()).isEqualTo(code);
    assertThat(out.result("large.bin"))
        .containsEntry("status", "cancelled")
        .hasEntrySatisfying("error", error -> assertThat(error).startsWith("cancelled: "));
    assertThat(out.results()).hasSize(3);
    assertThat(out.failed())
        .extracting(row -> row.get("filename"))
        .contains("large.bin")
        .hasSize(out.report().get("files").get("cancelled").asInt());
    assertThat(out.file("large.bin")).doesNotExist();
    Result second = run("files.csv");
    assertThat(second.exit()).as(second.err()).isZero();
    Trees.assertHolds(out.path(), all());
    assertThat(server.traffic().bytesServed("/large"))
        .isLessThanOrEqualTo(LARGE.size() + FETCHED_TWICE);
    assertThat(out.own("failed.csv")).doesNotExist();
  }

  @Test
  void stopsASplitFileWithAllItsPieces() {
    int connections = 4;
    server.serve("/large", LARGE).always("/large", new Fault.Stall(4 * MIB));
    manifestOf("large.bin", "/large");
    JarRun run = bulkdl("files.csv", "--segment-min", "1M");
    try (BulkdlProcess process = run.start()) {
      server.awaitBytesServed("/large", connections * 4L * MIB);
      process.signal("TERM");
      assertThat(process.awaitExit().exit()).isEqualTo(143);
    }
    server.mend("/large");
    assertThat(run.run().exit()).isZero();
    Trees.assertHolds(out("files").path(), "large.bin", LARGE);
    assertThat(server.bytesServed()).isLessThan(LARGE.size() + connections * 4L * MIB);
  }

  @Test
  void stopsAWaitBetweenTwoAttempts() {
    server.serve("/large", LARGE).always("/large", new Fault.RetryAfter(503, 3600));
    manifestOf("large.bin", "/large");
    try (BulkdlProcess process = bulkdl("files.csv", "-v", "--retry-max-delay", "1h").start()) {
      process.awaitStderr(text -> text.contains("retry in"));
      process.signal("INT");
      assertThat(process.awaitExit().exit()).isEqualTo(130);
    }
    assertThat(out("files").result("large.bin")).containsEntry("status", "cancelled");
  }

  /** The first stop is held up in its last step: nobody takes the summary. */
  @Test
  void aSecondSignalEndsItAtOnce() throws IOException {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().onExit().join().exitValue())
        .isZero();
    JarRun run = stalling().under("sh", "-c", "exec \"$@\" >\"" + fifo + "\"", "sh");
    try (RandomAccessFile full = new RandomAccessFile(fifo.toFile(), "rw");
        BulkdlProcess process = run.start()) {
      full.write(new byte[PIPE]);
      server.awaitBytesServed("/large", SENT);
      process.signal("INT");
      process.awaitStderr(text -> text.contains("stopped; "));
      process.signal("TERM");
      assertThat(process.awaitExit().exit()).isEqualTo(143);
    }
    assertThat(run("files.csv").exit()).isZero();
    Trees.assertHolds(out("files").path(), all());
    assertThat(server.traffic().bytesServed("/large"))
        .isLessThanOrEqualTo(LARGE.size() + FETCHED_TWICE);
  }

  @Test
  void completesThoughNobodyReadsItsSummary() throws IOException {
    server.serve("/small", SMALL);
    manifestOf("small.bin", "/small");
    Path code = folder.resolve("code");
    Result result =
        bulkdl("files.csv")
            .under("sh", "-c", "{ \"$@\"; echo $? >\"" + code + "\"; } | true", "sh")
            .run();
    assertThat(Files.readString(code).strip()).as(result.err()).isEqualTo("0");
    assertThat(result.err()).doesNotContain("Exception");
    Trees.assertHolds(out("files").path(), "small.bin", SMALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<&-", ">&-", "2>&-"})
  void completesWithoutAStream(String redirection) {
    server.serve("/small", SMALL).serve("/large", LARGE);
    manifest(
        "files.csv",
        "filename,url",
        "small.bin," + server.uri("/small"),
        "large.bin," + server.uri("/large"));
    Result result = bulkdl("files.csv").under("sh", "-c", "exec \"$@\" " + redirection, "sh").run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(out("files").path(), Map.of("small.bin", SMALL, "large.bin", LARGE));
  }
}
