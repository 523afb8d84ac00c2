package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Programs;
import dev.bulkdl.testkit.SmallDisk;
import dev.bulkdl.testkit.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Neither the temporary folder nor the home can be written: libraries that would unpack native code
 * there do without, and say nothing.
 */
class TemporaryFolderIT extends EndToEnd {

  /** Large enough for its space to be taken by a native call. */
  private static final Payload LARGE = new Payload(1, 6 * MIB + 5);

  private enum Temp {
    MISSING,
    READ_ONLY
  }

  private static JarRun without(JarRun run, Object temp) {
    return run.jvm("-Djava.io.tmpdir=" + temp, "-Duser.home=" + temp, "-Djna.nosys=true");
  }

  private void assertQuiet(Result result) {
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out() + result.err())
        .doesNotContain("\tat ", "Exception", "JNA", "JLine", "jline", "onscrypt");
    Trees.assertHolds(out("files").path(), "a", LARGE);
  }

  @ParameterizedTest
  @EnumSource
  void aRunDoesWithoutIt(Temp temp) {
    server.serve("/a", LARGE);
    manifestOf("a", "/a");
    if (temp == Temp.MISSING) {
      assertQuiet(without(bulkdl("files.csv"), "/proc/missing").run());
      return;
    }
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("tmp"), 1)) {
      disk.readOnly();
      assertQuiet(without(bulkdl("files.csv"), disk.folder()).run());
    }
  }

  @Test
  void soDoesOneOverTls() {
    try (FaultServer secure = FaultServer.https().serve("/a", LARGE)) {
      manifest("files.csv", "filename,url", "a," + secure.uri("/a"));
      JarRun run = bulkdl("files.csv", "--cacert", Certificate.authority());
      assertQuiet(without(run, "/proc/missing").run());
    }
  }

  @Test
  void soDoesTheBoard() {
    Programs.orSkip("a run on a terminal", "script");
    server.serve("/a", LARGE);
    manifestOf("a", "/a");
    String script = "words=\"$*\"; exec script -qec \"$words\" /dev/null";
    JarRun run = without(bulkdl("files.csv"), "/proc/missing").env("TERM", "xterm-256color");
    assertQuiet(run.under("sh", "-c", script, "sh").run());
  }

  /** A pipe can be read only once. */
  @Test
  void aManifestFromAPipeNamesTheFolder() {
    Result result = without(bulkdl("-").stdin("filename,url\n"), "/proc/missing").run();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("/proc/missing", "java.io.tmpdir").doesNotContain("\tat ");
  }
}
