package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many rows, and few file descriptors. {@code scripts/scale} runs it with a million rows; each test
 * prints the memory that the process had at its most (VmHWM), just before its last row ended.
 */
class ScaleIT extends EndToEnd {
  private static final int ROWS = Integer.getInteger("bulkdl.rows", 10_000);
  private static final int ONE_IS_MISSING_OF = 100;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String LAST = "/last";
  private static final Payload SMALL = new Payload(2, 5_000);

  private final Gate gate = new Gate();

  @Test
  void aManifestOfManyRowsThatAreThereOrMissing() throws IOException {
    server.serve(LAST, SMALL).always(LAST, new Fault.HoldBefore(gate));
    int missing = writeManyRows();
    Result result = runToLast("-Xmx256m");
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).contains("%d of %d are".formatted(ROWS - missing + 1, ROWS + 1));
    assertThat(out("files").ownLines("failed.csv")).hasSize(missing + 1);
    assertThat(server.requests()).hasSize(missing + 1);
  }

  /** All rows but the last: files that are there with their size, among them some that are not. */
  private int writeManyRows() throws IOException {
    int missing = 0;
    try (BufferedWriter rows = Files.newBufferedWriter(folder.resolve("files.csv"))) {
      rows.write("filename,url,size\n");
      for (int i = 0; i < ROWS; i++) {
        String name = "%04d/%07d".formatted(i / 1000, i);
        rows.write("%s,%s,0%n".formatted(name, server.uri("/" + i)));
        if (i % ONE_IS_MISSING_OF == 0) {
          missing++;
          Files.createDirectories(out("files").file(name).getParent());
        } else {
          Files.createFile(out("files").file(name));
        }
      }
      rows.write("last," + server.uri(LAST) + ",\n");
    }
    return missing;
  }

  /** Case 33. */
  @Test
  void manyRowsToOneHostThatAnswersSlowly() {
    int count = 5_000;
    Map<String, Payload> payloads = new LinkedHashMap<>();
    StringBuilder rows = new StringBuilder("filename,url\n");
    Gate slow = new Gate();
    for (int i = 0; i < count; i++) {
      payloads.put("f" + i, new Payload(i, 1 + i % 9));
      server.serve("/" + i, payloads.get("f" + i)).always("/" + i, new Fault.HoldBefore(slow));
      rows.append("f" + i + "," + server.uri("/" + i) + "\n");
    }
    server.serve(LAST, SMALL).always(LAST, new Fault.HoldBefore(gate));
    payloads.put("last", SMALL);
    manifest("files.csv", List.of(rows + "last," + server.uri(LAST)));
    Thread.ofPlatform().daemon().start(() -> openWhenFull(slow));
    Result result = runToLast("-Xmx96m", "--adaptive=off");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(server.traffic().maxInFlight()).isEqualTo(16);
    assertThat(server.requests()).hasSize(count + 1);
    Trees.assertHolds(out("files").path(), payloads);
  }

  private static void openWhenFull(Gate slow) {
    slow.awaitArrivals(16);
    slow.open();
  }

  /** Prints the peak of the memory when all rows but the last have ended, and lets that one end. */
  private Result runToLast(String heap, Object... options) {
    long start = System.nanoTime();
    try (BulkdlProcess process = bulkdl("files.csv").and(options).jvm(heap).start()) {
      gate.awaitArrivals(1, LONGEST);
      process.awaitStderr(this::allButOneHaveEnded);
      System.out.printf(
          "%s: %s, %d ms since the start of the JVM with %s%n",
          getClass().getSimpleName(),
          peak(process.pid()),
          (System.nanoTime() - start) / 1_000_000,
          heap);
      gate.open();
      return process.awaitExit();
    }
  }

  private boolean allButOneHaveEnded(String progress) {
    return progress
        .lines()
        .anyMatch(line -> line.matches("(\\d+) of (\\d+) files.*") && isLast(line.split(" ")));
  }

  private static boolean isLast(String[] words) {
    return Integer.parseInt(words[0]) == Integer.parseInt(words[2]) - 1;
  }

  private static String peak(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .findFirst()
          .orElse("no VmHWM");
    } catch (IOException e) {
      return "no /proc here";
    }
  }

  /** Fewer connections than asked for, so that no row fails. */
  @ParameterizedTest
  @ValueSource(ints = {44, 64, 80})
  void fewFileDescriptorsTakeFewerConnections(int descriptors) {
    Map<String, Payload> payloads = new LinkedHashMap<>();
    StringBuilder rows = new StringBuilder("filename,url\n");
    for (int i = 0; i < 60; i++) {
      payloads.put("f" + i, new Payload(i, i < 2 ? 20 * MIB : MIB));
      server.serve("/" + i, payloads.get("f" + i));
      rows.append("f" + i + "," + server.uri("/" + i) + "\n");
    }
    manifest("files.csv", List.of(rows.toString()));
    Result result =
        bulkdl("files.csv", "-j", 64, "-c", 64, "--max-per-host", 64, "--segment-min", "1M")
            .under("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh")
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err().lines().filter(line -> line.contains("ulimit -n"))).hasSize(1);
    assertThat(result.err()).contains("in place of 64").doesNotContain("retry");
    assertThat(server.traffic().maxInFlight()).isLessThan(descriptors / 3);
    Trees.assertHolds(out("files").path(), payloads);
  }

  /** Case 41: whatever fails for want of descriptors, no file is half written, and it goes on. */
  @Test
  void fewFileDescriptors() {
    Map<String, Payload> payloads = new LinkedHashMap<>();
    StringBuilder rows = new StringBuilder("filename,url\n");
    for (int i = 0; i < 60; i++) {
      payloads.put("f" + i, new Payload(i, 2 * MIB));
      server.serve("/" + i, payloads.get("f" + i));
      rows.append("f" + i + "," + server.uri("/" + i) + "\n");
    }
    manifest("files.csv", List.of(rows.toString()));
    Object[] words = {"files.csv", "-j", 60, "-c", 60, "--max-per-host", 60};
    Result few =
        bulkdl(words)
            .and("--retry-delay", "1ms", "--retry-max-delay", "5ms")
            .under("sh", "-c", "ulimit -n 96; exec \"$@\"", "sh")
            .run();
    assertThat(few.exit()).as(few.err()).isIn(0, 3, 4);
    assertThat(few.err()).doesNotContain("\tat ");
    List<String> leftovers = Trees.leftovers(out("files").path());
    assertThat(Trees.names(out("files").path()))
        .filteredOn(name -> !leftovers.contains(name))
        .allMatch(name -> payloads.get(name).matches(out("files").file(name)));
    Result enough = run(words);
    assertThat(enough.exit()).as(enough.err()).isZero();
    Trees.assertHolds(out("files").path(), payloads);
  }
}
