package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.Gate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LineWriterTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private static OutputStream fullDisk() {
    return new OutputStream() {
      private int refusals;

      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device, refusal " + ++refusals);
      }
    };
  }

  @Test
  void holdsNoLineBack() {
    LineWriter writer = new LineWriter(bytes);
    writer.write("ä");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("ä\n");
  }

  @Test
  void writesTextThatIsNoUnicode() {
    LineWriter writer = new LineWriter(bytes);
    writer.write("a\ud800b");
    assertThat(writer.failure()).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a?b\n");
  }

  @Test
  void remembersTheFirstFailureAndWritesNoMore() {
    LineWriter writer = new LineWriter(fullDisk());
    writer.write("a");
    writer.write("b");
    writer.close();
    writer.fail(new IOException("a later one"));
    assertThat(writer.failure().orElseThrow()).hasMessageEndingWith("refusal 1");
  }

  @Test
  void losesLinesAfterClose() {
    LineWriter writer = new LineWriter(bytes);
    assertThat(writer.close()).isTrue();
    writer.write("late");
    assertThat(writer.close()).isFalse();
    assertThat(bytes.size()).isZero();
    assertThat(writer.failure()).isEmpty();
  }

  /** Counts the writes that reach the operating system, and can block a thread in a write. */
  private final class Slow extends OutputStream {
    private final Gate gate = new Gate();
    private final AtomicInteger flushes = new AtomicInteger();

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public void flush() {
      flushes.incrementAndGet();
      gate.pass();
    }

    /** Starts a thread that writes one line and blocks in that write until the gate opens. */
    private Thread keepIn(LineWriter writer) {
      Thread thread = Thread.ofPlatform().start(() -> writer.write("first"));
      gate.awaitArrivals(1);
      return thread;
    }
  }

  @Test
  void nobodyWaitsForWhoWritesAndAllLinesShareTheNextWrite() throws InterruptedException {
    Slow slow = new Slow();
    LineWriter writer = new LineWriter(slow);
    Thread first = slow.keepIn(writer);
    List<String> lines = IntStream.range(0, 1000).mapToObj(i -> "line " + i).toList();
    lines.forEach(writer::write);
    assertThat(slow.flushes).hasValue(1);
    slow.gate.open();
    first.join();
    assertThat(slow.flushes).hasValue(2);
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().skip(1))
        .containsExactlyElementsOf(lines);
  }

  @Test
  void whoBringsMoreThanCanWaitWaitsToo() throws InterruptedException {
    Slow slow = new Slow();
    LineWriter writer = new LineWriter(slow);
    Thread first = slow.keepIn(writer);
    writer.write("x".repeat(1 << 20));
    Thread last = Thread.ofPlatform().start(() -> writer.write("last"));
    while (last.isAlive() && last.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(last.getState()).isEqualTo(Thread.State.WAITING);
    slow.gate.open();
    last.join();
    first.join();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("x\nlast\n");
  }

  /**
   * Each thread's lines keep their order. When all threads have returned, all lines are written.
   */
  @RepeatedTest(5)
  void losesNoLineOfManyThreads() throws InterruptedException {
    LineWriter writer = new LineWriter(bytes);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 50; t++) {
      String name = "thread " + t + " line ";
      threads.add(
          Thread.startVirtualThread(
              () -> IntStream.range(0, 200).forEach(i -> writer.write(name + (1000 + i)))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(10_000).doesNotHaveDuplicates();
    Map<String, List<String>> byThread =
        lines.stream().collect(Collectors.groupingBy(line -> line.substring(0, 9)));
    assertThat(byThread.values()).allSatisfy(own -> assertThat(own).isSorted());
  }
}
