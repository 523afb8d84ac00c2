package dev.bulkdl.hook;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running command. Its working folder is that of this process, and its standard input is empty.
 * It inherits this process's environment without the variables that begin with {@code BULKDL_}.
 * Otherwise a bulkdl that the command starts would use this run's output folder, port and hooks.
 */
final class HookProcess {

  /**
   * How long to wait for the rest of the output. A child process of the command may keep the output
   * open.
   */
  private static final long OUTPUT_AFTER_EXIT_SECONDS = 1;

  private final Process process;

  private HookProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the command.
   *
   * @throws IOException if it cannot be started
   */
  static HookProcess start(HookCommand command, Map<String, String> variables) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.words());
    Map<String, String> environment = builder.environment();
    UsersLocale.restore(environment);
    environment.keySet().removeIf(name -> name.startsWith(ResultVariables.OURS));
    environment.putAll(variables);
    builder.redirectInput(Redirect.from(Redirect.DISCARD.file()));
    builder.redirectErrorStream(true);
    return new HookProcess(builder.start());
  }

  /**
   * Waits for the end of the command and passes on its output line by line.
   *
   * @return the exit code; 128 + n if signal n ended the command
   */
  int await(Consumer<String> lines) {
    CompletableFuture<Boolean> outputDone = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("hook-output")
        .start(
            () -> {
              OutputLines.drain(process.getInputStream(), lines);
              outputDone.complete(true);
            });
    int exit = process.onExit().join().exitValue();
    outputDone.completeOnTimeout(false, OUTPUT_AFTER_EXIT_SECONDS, TimeUnit.SECONDS).join();
    return exit;
  }

  /**
   * Kills the command and all its descendants. The command is killed first, because it could
   * continue without the others.
   */
  void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
