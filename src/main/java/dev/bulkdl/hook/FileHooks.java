package dev.bulkdl.hook;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.event.TransferListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs a command for each file that has ended, at most {@value #AT_A_TIME} at a time. At most
 * {@value #WAITING} more files may wait in the queue. When the queue is full, the next file that
 * ends waits for a place and keeps its place in the run's admission window. So slow commands delay
 * downloads only after that many files have ended ahead of them.
 *
 * <p>Must receive events after the listeners that write files. Thread-safe.
 */
public final class FileHooks implements TransferListener, AutoCloseable {

  static final int AT_A_TIME = 4;
  static final int WAITING = 1000;

  private final HookCommand command;
  private final HookLog log;
  private final HookQueue<FileEnded> queue = new HookQueue<>(AT_A_TIME, WAITING, this::run);
  private final Set<HookProcess> running = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LongAdder begun = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile Path outputDir = Path.of("");

  public FileHooks(HookCommand command, HookLog log) {
    this.command = command;
    this.log = log;
  }

  /**
   * The results of the commands.
   *
   * @param begun commands that were started, or could not be started
   * @param failed those that could not be started or had an exit code other than 0
   * @param skipped files that ended after {@link #stop}, or still waited then
   */
  public record Counts(long begun, long failed, long skipped) {}

  public Counts counts() {
    return new Counts(begun.sum(), failed.sum(), queue.skipped());
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.RunStarted started) {
      outputDir = started.outputDir();
    } else if (event instanceof FileEnded ended) {
      queue.add(ended);
    }
  }

  /** Starts no more commands. After a grace period, kills those that still run. */
  public void stop() {
    queue.stop();
    if (!Grace.suffices(closed)) {
      running.forEach(HookProcess::kill);
    }
  }

  /** Waits until all running and queued commands have ended. */
  @Override
  public void close() {
    queue.awaitIdle();
    closed.countDown();
  }

  private void run(FileEnded ended) {
    String file = ended.download().target().value();
    begun.increment();
    try {
      HookProcess process = HookProcess.start(command, ResultVariables.of(ended, outputDir));
      running.add(process);
      try {
        ended(file, process.await(line -> log.tell("hook-output", fields(file, "text", line))));
      } finally {
        running.remove(process);
      }
    } catch (IOException e) {
      failed.increment();
      log.tell("hook-failed", fields(file, "cause", String.valueOf(e.getMessage())));
    }
  }

  private void ended(String file, int exit) {
    if (exit != 0) {
      failed.increment();
    }
    log.tell("hook-ended", fields(file, "exit", (long) exit));
  }

  private static Map<String, Object> fields(String file, String name, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file);
    fields.put(name, value);
    return fields;
  }
}
