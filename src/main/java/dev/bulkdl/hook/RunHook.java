package dev.bulkdl.hook;

import dev.bulkdl.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command that runs once, at the end of a run. Thread-safe. */
public final class RunHook {

  private final HookCommand command;
  private final Map<String, String> variables;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable HookProcess process;
  private volatile boolean killed;

  /**
   * @param reportFile path of the report
   */
  public RunHook(HookCommand command, RunReport report, Path reportFile) {
    this.command = command;
    this.variables = ResultVariables.of(report, reportFile);
  }

  /**
   * Runs the command and waits for its end.
   *
   * @param lines receives the output; lines must be made safe before they are shown
   * @return the exit code
   * @throws IOException if the command cannot be started
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

  /**
   * Waits for a grace period, then kills the command. Also kills a command that is just being
   * started.
   */
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
