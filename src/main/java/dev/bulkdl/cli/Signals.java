package dev.bulkdl.cli;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.control.ThreadSupply;
import dev.bulkdl.report.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stops a run when a signal arrives or when the system refuses threads. The first event stops the
 * run cleanly, within a bounded time. A second signal ends the process at once.
 *
 * <p>If the JVM cannot create a thread, it loses signals and may wait for ever. Therefore a thread
 * that exists from the start checks twice a second whether the system still gives some threads. A
 * run does not start without those that it needs at the least.
 */
final class Signals implements Interrupts {

  private static final int NONE = 0;
  private static final int NO_THREADS = -1;
  private static final int ENDED = -2;
  private static final long CLEAN_STOP_SECONDS = 5;

  /**
   * Shorter than the other limit, because detecting the lack of threads takes time too. Both
   * together end the process within 5 s of a lost signal.
   */
  private static final long CLEAN_STOP_WITHOUT_THREADS_SECONDS = 3;

  private static final long LOOK_MILLIS = 500;

  /**
   * What a run starts beside the threads that carry virtual threads: the threads of the HTTP
   * client, timers, progress and the board.
   */
  private static final int THREADS_OF_A_RUN = 12;

  /** More than one, because other threads of the JVM end and start between two checks. */
  private static final int SPARE = 4;

  private final Terminal terminal;
  private final Runnable stop;
  private final Runnable beforeHalt;
  private final AtomicInteger caught = new AtomicInteger(NONE);
  private final BlockingQueue<Integer> events = new LinkedBlockingQueue<>();
  private final List<Runnable> restore = new ArrayList<>();

  private Signals(Terminal terminal, Runnable stop, Runnable beforeHalt) {
    this.terminal = terminal;
    this.stop = stop;
    this.beforeHalt = beforeHalt;
  }

  /**
   * Handles SIGHUP, SIGINT and SIGTERM until closed.
   *
   * @param stop called on the first signal, on its own thread
   * @param beforeHalt called before the process ends at once; must be quick
   * @throws OutOfMemoryError if the system refuses the threads that a run needs
   */
  static Signals stopping(Terminal terminal, Runnable stop, Runnable beforeHalt) {
    ThreadSupply.require(THREADS_OF_A_RUN + Runtime.getRuntime().availableProcessors());
    Signals signals = new Signals(terminal, stop, beforeHalt);
    Thread.ofPlatform().daemon().name("signals").start(signals::watch);
    signals.hear("HUP", 1);
    signals.hear("INT", 2);
    signals.hear("TERM", 15);
    return signals;
  }

  private void hear(String name, int number) {
    Object before = org.jline.utils.Signals.register(name, () -> onSignal(number));
    if (before != null) {
      restore.add(() -> org.jline.utils.Signals.unregister(name, before));
    }
  }

  /** Runs on a thread that the JVM starts for each signal. */
  private void onSignal(int number) {
    if (!caught.compareAndSet(NONE, number)) {
      halt(ExitCode.ofSignal(number));
    }
    events.add(number);
    stop.run();
  }

  private void watch() {
    try {
      Integer event = awaitEvent();
      if (event == null) {
        stopForWantOfThreads();
      } else if (event != ENDED && events.poll(CLEAN_STOP_SECONDS, TimeUnit.SECONDS) == null) {
        halt(ExitCode.ofSignal(event)); // everything written so far is kept
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a signal or the end event. Returns null if the system refuses threads. */
  private @Nullable Integer awaitEvent() throws InterruptedException {
    do {
      Integer event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (event != null) {
        return event;
      }
    } while (ThreadSupply.has(SPARE));
    return null;
  }

  private void stopForWantOfThreads() throws InterruptedException {
    if (!caught.compareAndSet(NONE, NO_THREADS)) {
      return; // a signal came at the same moment
    }
    stop.run();
    if (events.poll(CLEAN_STOP_WITHOUT_THREADS_SECONDS, TimeUnit.SECONDS) == null) {
      halt(ExitCode.DISK);
    }
  }

  /** Ends the process for a user who asks again and again. */
  static void haltAtOnce(int signal) {
    Runtime.getRuntime().halt(ExitCode.ofSignal(signal));
  }

  private void halt(int code) {
    try {
      beforeHalt.run();
      if (caught.get() == NO_THREADS) {
        terminal.say(ThreadSupply.TOO_FEW);
      }
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  /** Returns the exit code of the event that stopped the run, or else this one. */
  @Override
  public int exitCode(int otherwise) {
    return switch (caught.get()) {
      case NONE -> otherwise;
      case NO_THREADS -> ExitCode.DISK;
      default -> ExitCode.ofSignal(caught.get());
    };
  }

  /** Prints why the run was stopped if the user cannot know. */
  @Override
  public void explain() {
    if (caught.get() == NO_THREADS) {
      terminal.say(ThreadSupply.TOO_FEW);
    }
  }

  @Override
  public void close() {
    events.add(ENDED);
    restore.forEach(Runnable::run);
  }
}
