package dev.bulkdl.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** A stream of a process, read to its end on a virtual thread. */
public final class Output {
  private final String name;
  private final Monitor monitor = new Monitor();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean ended;

  public Output(String name, InputStream in) {
    this.name = name;
    Thread.ofVirtual().name(name).start(() -> drain(in));
  }

  String text() {
    return monitor.get(() -> bytes.toString(StandardCharsets.UTF_8));
  }

  /** Returns the whole output after the process has closed the stream. */
  String whole(Duration bound) {
    monitor.await(bound, () -> ended, () -> name + " closed; so far it holds:\n" + text());
    return text();
  }

  /** Waits until the output so far satisfies the condition. */
  public void await(Predicate<String> condition) {
    if (!awaitOrEnd(condition)) {
      throw new AssertionError(name + " ended without it:\n" + text());
    }
  }

  /** Does the same, but returns false if the output ends before. */
  boolean awaitOrEnd(Predicate<String> condition) {
    monitor.await(
        () -> condition.test(text()) || ended,
        () -> "the right " + name + "; so far it holds:\n" + text());
    return condition.test(text());
  }

  private void drain(InputStream in) {
    byte[] buffer = new byte[8 << 10];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        int count = n;
        monitor.change(() -> bytes.write(buffer, 0, count));
      }
    } catch (IOException closed) {
      // The test closed the stream, or the process was killed: the output so far is complete.
    } finally {
      monitor.change(() -> ended = true);
    }
  }
}
