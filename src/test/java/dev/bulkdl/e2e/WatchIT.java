package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Payload;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Runs that repeat: {@code --watch}. */
class WatchIT extends EndToEnd {

  private static final Payload BEFORE = new Payload(1, 5_000);
  private static final Payload AFTER = new Payload(2, 6_000);
  private static final Payload OTHER = new Payload(3, 7_000);

  @Test
  void whatHasChangedIsDownloadedAgainUntilASignal() throws Exception {
    server.serve("/a", BEFORE).serve("/b", OTHER);
    manifest("files.csv", "filename,url", "a.bin," + server.uri("/a"));
    Result result;
    try (BulkdlProcess process = bulkdl("files.csv", "--watch", "1s").start()) {
      process.awaitStderr(text -> text.contains("next run at"));
      assertThat(out("files").file("a.bin")).hasBinaryContent(BEFORE.bytes());
      server.serve("/a", AFTER);
      manifest(
          "files.csv", "filename,url", "a.bin," + server.uri("/a"), "b.bin," + server.uri("/b"));
      server.traffic().awaitRequests("/b", 2);
      process.signal("TERM");
      result = process.awaitExit();
    }
    assertThat(result.exit()).as(result.err()).isEqualTo(143);
    assertThat(out("files").file("a.bin")).hasBinaryContent(AFTER.bytes());
    assertThat(out("files").file("b.bin")).hasBinaryContent(OTHER.bytes());
  }

  /** A file that fails for good does not end it, and a signal ends the wait for the next run. */
  @Test
  void aFailedFileDoesNotEndIt() {
    manifest("files.csv", "filename,url", "a.bin," + server.uri("/nowhere"));
    try (BulkdlProcess process = bulkdl("files.csv", "--watch", "1h").start()) {
      process.awaitStderr(text -> text.contains("next run at"));
      process.signal("INT");
      assertThat(process.awaitExit().exit()).isEqualTo(130);
    }
    assertThat(server.requests("/nowhere")).hasSize(1);
  }

  @Test
  void aWrongListEndsItAtTheFirstRun() {
    manifest("files.csv", "filename,url", "a.bin,no URL");
    assertThat(run("files.csv", "--watch", "1s").exit()).isEqualTo(2);
  }

  @Test
  void standardInputIsReadOnce() {
    Result result = run("-", "--watch", "1s");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--watch reads the list again", "give a file");
    assertThat(Files.exists(folder.resolve("stdin"))).isFalse();
  }
}
