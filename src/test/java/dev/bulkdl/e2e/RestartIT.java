package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The program starts itself again, with JVM options that suit a download. */
@EnabledOnOs(OS.LINUX)
class RestartIT extends EndToEnd {
  private static final String OURS = "-XX:InlineSmallCode";
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
  private static final Payload STALLED = new Payload(1, 24 * MIB);

  private JarRun listOf(int comments, String... options) throws IOException {
    server.serve("/a", STALLED).with("/a", new Fault.Stall(20 * MIB));
    manifest("list.csv", "filename,url", "a," + server.uri("/a"), "#".repeat(comments));
    return JarRun.of("list.csv", "-s", 1).in(folder).jvm(options);
  }

  /** Returns the JVM options of the run, and its output after a signal. */
  private Result stopped(JarRun run, List<String> seen) throws IOException {
    try (BulkdlProcess process = run.start()) {
      server.awaitBytesServed("/a", 20 * MIB);
      Path words = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      seen.addAll(List.of(Files.readString(words).split("\0")));
      process.signal("TERM");
      return process.awaitExit();
    }
  }

  @Test
  void inTheSameProcess() throws IOException {
    List<String> seen = new ArrayList<>();
    Result result = stopped(listOf(0, "-Xmx200m"), seen);
    assertThat(seen).anyMatch(word -> word.startsWith(OURS)).contains(FIRST_COMPILER, "-Xmx200m");
    assertThat(result.exit()).as(result.err()).isEqualTo(143);
    assertThat(result.out() + result.err()).contains("-Xmx200m -jar").doesNotContain(OURS);
  }

  @Test
  void aLongListIsWorthBothCompilers() throws IOException {
    List<String> seen = new ArrayList<>();
    stopped(listOf((int) (4 * MIB)), seen);
    assertThat(seen).anyMatch(word -> word.startsWith(OURS)).doesNotContain(FIRST_COMPILER);
  }

  @Test
  void optionsOfTheUserHavePriority() throws IOException {
    List<String> seen = new ArrayList<>();
    Result result = stopped(listOf(0, "-XX:+UseParallelGC"), seen);
    assertThat(seen).noneMatch(word -> word.startsWith(OURS));
    assertThat(result.exit()).isEqualTo(143);
  }

  /** The jar is copied, because an AOT cache can lie beside that of the build. */
  @Test
  void theSecondRunKeepsTheClassesForTheThird() throws IOException {
    Path jar = Files.copy(JarRun.jar(), folder.resolve("copy.jar"));
    server.serve("/a", new Payload(2, 1000));
    manifest("list.csv", "filename,url", "a," + server.uri("/a"));
    JarRun run = JarRun.of("list.csv").in(folder).env("XDG_CACHE_HOME", folder + "/cache");
    List<Path> kept = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Result result = run.run(jar);
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("VM warning");
      kept.add(archive().orElse(folder));
    }
    assertThat(kept.getFirst()).isEqualTo(folder);
    assertThat(kept.get(1)).exists().isEqualTo(kept.get(2));
  }

  /** Else a start by the script, which has options, would leave a file there. */
  @Test
  void aRunThatIsNotRestartedKeepsNothing() throws IOException {
    Path jar = Files.copy(JarRun.jar(), folder.resolve("copy.jar"));
    JarRun run = JarRun.of("nowhere.csv").in(folder).env("XDG_CACHE_HOME", folder + "/cache");
    assertThat(run.jvm("-XX:+UseParallelGC").run(jar).exit()).isEqualTo(2);
    assertThat(folder.resolve("cache/bulkdl")).doesNotExist();
  }

  private Optional<Path> archive() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache/bulkdl"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).findFirst();
    }
  }
}
