package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import org.junit.jupiter.api.Test;

/**
 * Warnings of libraries stand in the log of the run. Jetty warns by itself when certificates are
 * not checked.
 */
class LibraryWarningIT extends EndToEnd {
  private static final String OF_JETTY = "Trusting all certificates";

  private Result insecure(String more) {
    try (FaultServer secure = FaultServer.https()) {
      secure.serve("/a", new Payload(1, KIB));
      manifest("files.csv", "filename,url", "a," + secure.uri("/a"));
      Result result = run("files.csv", "--insecure", "--no-board", more);
      assertThat(result.exit()).as(result.err()).isZero();
      return result;
    }
  }

  @Test
  void isInTheLogAndNotOnTheScreen() {
    Result result = insecure("-q");
    assertThat(out("files").ownLines("run.log"))
        .anySatisfy(line -> assertThat(line).contains("library-warning", OF_JETTY));
    assertThat(result.err()).doesNotContain(OF_JETTY).doesNotContain("SLF4J");
  }

  @Test
  void isOnTheScreenTooWithV() {
    assertThat(insecure("-v").err()).contains("warning: " + OF_JETTY);
  }

  @Test
  void aRunWithoutWarningsHasNoneInItsLog() {
    manifestOf("a", "/0");
    serveSmall(1);
    Result result = run("files.csv");
    assertThat(result.exit()).isZero();
    assertThat(out("files").ownLines("run.log"))
        .noneSatisfy(line -> assertThat(line).contains("library-warning"));
    assertThat(result.err()).doesNotContain("SLF4J");
  }
}
