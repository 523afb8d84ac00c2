package dev.bulkdl.hook;

import dev.bulkdl.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command for the end of a run. Thread-safe; it runs once. */
public final class RunHook {

  private final HookCommand command;
  private final Map<String, String> variables;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable HookProcess process;
  private volatile boolean killed;

  /**
   * @param reportFile where the report lies
   */
  public RunHook(HookCommand command, RunReport report, Path reportFile) {
    this.command = command;
    this.variables = ResultVariables.of(report, reportFile);
  }

  /**
   * Runs it to its end.
   *
   * @param lines gets what it says; to be made safe before it is shown
   * @return its exit code
   * @throws IOException when it cannot be started
   */
  public int run(Consumer<String> lines) throws IOException {
    try {
      HookProcess started = HookProcess.start(command, variables);
      process = started;
      if (killed) {
        started.kill();
      }
      return started.await(lines);
    } finally {
      ended.countDown();
    }
  }

  /** Kills it if it does not end soon, even where it only begins. */
  public void stop() {
    if (Grace.suffices(ended)) {
      return;
    }
    killed = true;
    HookProcess running = process;
    if (running != null) {
      running.kill();
    }
  }
}
