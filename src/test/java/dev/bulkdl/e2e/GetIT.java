package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code get} of the real jar: kills, signals, pipes, and several at a time. */
@DisabledOnOs(OS.WINDOWS)
class GetIT extends EndToEnd {
  private static final Payload LARGE = new Payload(1, 4 * MIB);
  private static final Payload SMALL = new Payload(2, 300_000);

  @Test
  void aKilledDownloadGoesOnAndLeavesNothingButTheFile() {
    server.serve("/large", LARGE).with("/large", new Fault.Stall(2L * MIB));
    String url = server.uri("/large").toString();
    killAfter(2L * MIB, "/large", bulkdl("get", url));
    assertThat(Trees.names(folder)).contains("large.part", "large.part.lock");
    server.mend("/large");

    Result result = run("get", url);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("resumed ");
    assertThat(Trees.names(folder)).containsExactly("large");
    Trees.assertHolds(folder, "large", LARGE);
  }

  /** A small file has no journal in a run; here it needs one. */
  @Test
  void aSmallPartialFileOfAKilledDownloadIsKnownAgain() {
    server.serve("/small", SMALL).with("/small", new Fault.Stall(100_000));
    String url = server.uri("/small").toString();
    killAfter(100_000, "/small", bulkdl("get", url));
    server.mend("/small");
    assertThat(run("get", url).exit()).isZero();
    assertThat(Trees.names(folder)).containsExactly("small");
  }

  @Test
  void aSignalStopsItWithItsCode() {
    server.serve("/large", LARGE).with("/large", new Fault.Stall(2L * MIB));
    try (BulkdlProcess process = bulkdl("get", server.uri("/large")).start()) {
      server.awaitBytesServed("/large", 2L * MIB);
      process.signal("INT");
      Result result = process.awaitExit();
      assertThat(result.exit()).isEqualTo(130);
      assertThat(result.out()).contains("run again  ");
    }
    assertThat(Trees.names(folder)).containsExactlyInAnyOrder("large.part", "large.part.journal");
  }

  @Test
  void severalInOneFolderAtATime() {
    server.serve("/large", LARGE).serve("/small", SMALL);
    try (BulkdlProcess one = bulkdl("get", server.uri("/large"), "-o", "a").start();
        BulkdlProcess other = bulkdl("get", server.uri("/small"), "-o", "b").start()) {
      assertThat(one.awaitExit().exit()).isZero();
      assertThat(other.awaitExit().exit()).isZero();
    }
    Trees.assertHolds(folder, Map.of("a", LARGE, "b", SMALL));
  }

  @Test
  void standardOutputIsAPipe() throws IOException {
    server.serve("/large", LARGE);
    String whole = "\"$@\" >all";
    Result result =
        bulkdl("get", server.uri("/large"), "-o", "-").under("sh", "-c", whole, "sh").run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(folder.resolve("all")).hasBinaryContent(LARGE.bytes());
    assertThat(Trees.names(folder)).containsExactly("all");

    String cut = "{ \"$@\"; echo $? >code; } | head -c 10 >/dev/null";
    bulkdl("get", server.uri("/large"), "-o", "-").under("sh", "-c", cut, "sh").run();
    assertThat(Files.readString(folder.resolve("code"))).isEqualTo("4\n");
  }
}
