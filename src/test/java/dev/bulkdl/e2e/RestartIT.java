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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A long list: the program starts itself again with JVM options that suit many small files. */
@EnabledOnOs(OS.LINUX)
class LongListIT extends EndToEnd {
  private static final String OURS = "-XX:InlineSmallCode";
  private static final Payload STALLED = new Payload(1, 24 * MIB);

  private JarRun listOf(int comments, String... options) throws IOException {
    server.serve("/a", STALLED).with("/a", new Fault.Stall(20 * MIB));
    manifest("list.csv", "filename,url", "a," + server.uri("/a"), "#".repeat(comments));
    return JarRun.of("list.csv", "-s", 1).in(folder).jvm(options);
  }

  /** Returns the JVM options of the run, and its standard output after a signal. */
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
  void startsAgainInTheSameProcess() throws IOException {
    List<String> seen = new ArrayList<>();
    Result result = stopped(listOf(200_000, "-Xmx200m"), seen);
    assertThat(seen).anyMatch(word -> word.startsWith(OURS)).contains("-Xmx200m");
    assertThat(result.exit()).as(result.err()).isEqualTo(143);
    assertThat(result.out() + result.err()).contains("-Xmx200m -jar").doesNotContain(OURS);
  }

  @Test
  void optionsOfTheUserHavePriority() throws IOException {
    List<String> seen = new ArrayList<>();
    Result result = stopped(listOf(200_000, "-XX:+UseParallelGC"), seen);
    assertThat(seen).noneMatch(word -> word.startsWith(OURS));
    assertThat(result.exit()).isEqualTo(143);
  }

  @Test
  void aShortListIsWorthARestartOnlyWithAnAotCache() throws IOException {
    List<String> seen = new ArrayList<>();
    stopped(listOf(10, "-Dx=y"), seen);
    boolean withCache = seen.stream().anyMatch(word -> word.startsWith("-XX:AOTCache"));
    assertThat(seen.stream().anyMatch(word -> word.startsWith(OURS))).isEqualTo(withCache);
    assertThat(seen).contains("-Dx=y");
  }
}
