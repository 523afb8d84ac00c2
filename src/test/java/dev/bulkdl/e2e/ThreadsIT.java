package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Polling;
import dev.bulkdl.testkit.Programs;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user who may have few threads. The limit does not hold for root, and counts all threads of a
 * user, so these runs are those of a user that has nothing else.
 */
@EnabledOnOs(OS.LINUX)
class ThreadsIT extends EndToEnd {
  private static final String SENTENCE = "the system allows this user too few threads";
  private static final int ENOUGH = 80;
  private static final int FILES = 40;

  /** No other user of this machine, nor of another build that runs now. */
  private final String user = Long.toString(600_000 + ProcessHandle.current().pid() % 300_000);

  @BeforeEach
  void mayChangeTheUser() throws IOException {
    Programs.orSkip(getClass().getSimpleName(), "setpriv", "prlimit");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Result result = limited(ENOUGH, "--version").run();
    Programs.skipUnless(
        result.exit() == 0,
        getClass().getSimpleName() + ": needs root, and a jar and a JDK that everybody may read");
  }

  private JarRun limited(int threads, Object... arguments) {
    return JarRun.of(arguments)
        .in(folder)
        .jvm("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=2")
        .under(
            "setpriv",
            "--reuid=" + user,
            "--regid=" + user,
            "--clear-groups",
            "prlimit",
            "--nproc=" + threads);
  }

  private Map<String, Payload> serve() {
    Map<String, Payload> payloads = new LinkedHashMap<>();
    List<String> rows = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < FILES; i++) {
      payloads.put("f" + i, new Payload(i, 300_000));
      server.serve("/" + i, payloads.get("f" + i));
      rows.add("f" + i + "," + server.uri("/" + i));
    }
    manifest("files.csv", rows);
    return payloads;
  }

  /** With fewer than about fifteen the JVM itself does not start, and says so. */
  @ParameterizedTest
  @ValueSource(ints = {8, 14, 15, 16, 22, 26, 28, 32, 36, 38, 40})
  void endsByItselfAndSaysWhatIsMissing(int threads) {
    Map<String, Payload> payloads = serve();
    Result few = limited(threads, "files.csv").run();
    assertThat(few.exit()).as(few.err()).isIn(0, 1, 4);
    if (few.exit() == 4) {
      assertThat(few.err().lines().filter(line -> line.contains(SENTENCE))).hasSize(1);
      assertThat(few.err()).contains("ulimit -u");
    }
    assertThat(few.exit() == 1 && few.err().contains("bulkdl")).as(few.err()).isFalse();
    assertThat(few.err()).doesNotContain("at dev.bulkdl");
    Result enough = limited(ENOUGH, "files.csv").run();
    assertThat(enough.exit()).as(enough.err()).isZero();
    Trees.assertHolds(out("files").path(), payloads);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 22, 28, 32, 36, 40})
  void aSignalEndsItAllTheSame(int threads) {
    serve();
    for (int i = 0; i < FILES; i++) {
      server.always("/" + i, new Fault.Stall(1000));
    }
    try (BulkdlProcess process = limited(threads, "files.csv", "--idle-timeout", "1h").start()) {
      Polling.await(
          "that it asks or has ended",
          () -> !server.requests().isEmpty() || !process.isAlive(),
          done -> done);
      if (process.isAlive()) {
        process.signal("TERM");
      }
      Result result = process.awaitExit();
      assertThat(result.exit()).as(result.err()).isIn(1, 4, 143);
      assertThat(result.err()).doesNotContain("at dev.bulkdl");
    }
  }

  /** The thread that is missing may be that of a hook. */
  @Test
  void endsWithHooksToo() {
    serve();
    for (int threads : List.of(22, 28, 34)) {
      Result result = limited(threads, "files.csv", "--on-file", "true", "-d", "o" + threads).run();
      assertThat(result.exit()).as(result.err()).isIn(0, 4);
    }
  }
}
