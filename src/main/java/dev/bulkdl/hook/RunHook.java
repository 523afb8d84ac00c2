package dev.bulkdl.hook;

import dev.bulkdl.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A command that was started because the run has ended. Thread-safe. */
public final class RunHook {

  private final HookProcess process;
  private final CountDownLatch ended = new CountDownLatch(1);

  private RunHook(HookProcess process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param reportFile where the report lies
   * @throws IOException when it cannot be started
   */
  public static RunHook start(HookCommand command, RunReport report, Path reportFile)
      throws IOException {
    return new RunHook(HookProcess.start(command, ResultVariables.of(report, reportFile)));
  }

  /**
   * Waits for its end.
   *
   * @param lines gets what it says; to be made safe before it is shown
   * @return its exit code
   */
  public int await(Consumer<String> lines) {
    try {
      return process.await(lines);
    } finally {
      ended.countDown();
    }
  }

  /** Kills it if it does not end soon. */
  public void stop() {
    if (!Grace.suffices(ended)) {
      process.kill();
    }
  }
}
