package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the jar allocates for a file and for a megabyte, counted by a JVM that never frees: the
 * difference of two runs, so that the start does not count.
 */
class AllocationIT extends EndToEnd {
  /** The first and the last address of what is in use, as the JVM logs them when it ends. */
  private static final Pattern USED =
      Pattern.compile("used \\[0x(\\p{XDigit}+), 0x(\\p{XDigit}+),");

  @Test
  void aSmallFileNeedsAFewPages() throws IOException {
    server.serve("/small", new Payload(1, 16 * KIB));
    long few = allocated("few", repeated("/small", 500));
    long many = allocated("many", repeated("/small", 2_500));
    long each = (many - few) / 2_000;
    System.out.printf("%s: %,d bytes for a file%n", getClass().getSimpleName(), each);
    assertThat(each).isBetween(1L, 64L * KIB);
  }

  @Test
  void aMegabyteNeedsNoBuffersOfItsOwn() throws IOException {
    server.serve("/64", new Payload(2, 64L * MIB)).serve("/512", new Payload(3, 512L * MIB));
    long little = allocated("little", List.of("large," + server.uri("/64")));
    long much = allocated("much", List.of("large," + server.uri("/512")));
    long each = (much - little) / (512 - 64);
    System.out.printf("%s: %,d bytes for a MiB%n", getClass().getSimpleName(), each);
    assertThat(each).isLessThan(16L * KIB);
  }

  private List<String> repeated(String path, int times) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      rows.add("f" + i + "," + server.uri(path));
    }
    return rows;
  }

  /** Bytes allocated on the heap by a whole run. */
  private long allocated(String name, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    lines.addAll(rows);
    manifest(name + ".csv", lines);
    Path log = folder.resolve(name + ".gc.log");
    Result result =
        JarRun.of(name + ".csv", "-q")
            .in(folder)
            .jvm("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx2g")
            .jvm("-XX:TieredStopAtLevel=1", "-Xlog:gc*=info:file=" + log)
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    Matcher used = USED.matcher(Files.readString(log));
    assertThat(used.find()).isTrue();
    return Long.parseLong(used.group(2), 16) - Long.parseLong(used.group(1), 16);
  }
}
