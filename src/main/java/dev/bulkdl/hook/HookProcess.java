package dev.bulkdl.hook;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A command that runs: in the working folder of this process, with nothing on its standard input.
 * Of this process's environment it gets all but what begins with {@code BULKDL_}: a bulkdl that the
 * command starts has options of its own, and not this run's output folder, port or hooks.
 */
final class HookProcess {

  /** For the rest of the output; a process that the command left behind may keep it open. */
  private static final long OUTPUT_AFTER_EXIT_SECONDS = 1;

  private final Process process;

  private HookProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @throws IOException when it cannot be started
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
   * Waits for its end and hands on what it says.
   *
   * @return its exit code; 128 + n where signal n ended it
   */
  int await(Consumer<String> lines) {
    CompletableFuture<Boolean> said = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("hook-output")
        .start(
            () -> {
              OutputLines.drain(process.getInputStream(), lines);
              said.complete(true);
            });
    int exit = process.onExit().join().exitValue();
    said.completeOnTimeout(false, OUTPUT_AFTER_EXIT_SECONDS, TimeUnit.SECONDS).join();
    return exit;
  }

  /** Ends it and all that it started; itself first, or it would go on without them. */
  void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
