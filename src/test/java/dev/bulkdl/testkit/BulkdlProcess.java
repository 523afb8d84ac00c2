package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A running process of the jar. Closing it kills the process. */
public final class BulkdlProcess implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Process process;
  private final Output out;
  private final Output err;

  /**
   * @param process a new process whose streams are unread
   * @param input the content of its standard input
   */
  public BulkdlProcess(Process process, String input) {
    this.process = process;
    out = new Output("standard output", process.getInputStream());
    err = new Output("standard error", process.getErrorStream());
    Thread.ofVirtual().name("standard input").start(() -> feed(input));
  }

  /**
   * The end of the process.
   *
   * @param exit the exit code; 128 + n if signal n killed the process
   */
  public record Result(int exit, String out, String err) {}

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when the process has ended, with any result. */
  public CompletableFuture<Void> ended() {
    return process.onExit().thenAccept(gone -> {});
  }

  /** Sends a signal, for example {@code signal("INT")}. */
  public void signal(String name) {
    Signals.send(name, process.pid());
  }

  /** Sends SIGKILL and waits until the process has ended. */
  public void kill9() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Waits two minutes for the end of the process. */
  public Result awaitExit() {
    return awaitExit(BOUND);
  }

  /** Waits for the end of the process. Later than that it fails with the stacks of all threads. */
  public Result awaitExit(Duration bound) {
    try {
      int exit = process.onExit().get(bound.toSeconds(), TimeUnit.SECONDS).exitValue();
      return new Result(exit, out.whole(Monitor.BOUND), err.whole(Monitor.BOUND));
    } catch (TimeoutException e) {
      String stacks = stacks();
      kill9();
      throw new AssertionError(
          "still running after %s\n--- out\n%s\n--- err\n%s\n--- threads\n%s"
              .formatted(bound, out.text(), err.text(), stacks),
          e);
    } catch (InterruptedException | ExecutionException e) {
      kill9();
      throw new AssertionError(e);
    }
  }

  /** Waits until the standard output so far satisfies the predicate. */
  public void awaitStdout(Predicate<String> condition) {
    out.await(condition);
  }

  public void awaitStderr(Predicate<String> condition) {
    err.await(condition);
  }

  public String stdout() {
    return out.text();
  }

  public String stderr() {
    return err.text();
  }

  @Override
  public void close() {
    Processes.end(Processes.treeOf(process.pid()));
    process.onExit().join();
  }

  private void feed(String input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The process ended or closed its standard input before it read everything.
    }
  }

  /** The stacks of the process and of those that it started. Not each of them is a JVM. */
  private String stacks() {
    return Processes.treeOf(process.pid()).stream()
        .map(one -> one.info().commandLine().orElse("?") + "\n" + stacks(one.pid()))
        .collect(Collectors.joining("\n"));
  }

  private static String stacks(long pid) {
    Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
    try {
      Process dump =
          new ProcessBuilder(jstack.toString(), Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      return new Output("jstack", dump.getInputStream()).whole(Monitor.BOUND);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
