package dev.bulkdl.cli;

import dev.bulkdl.ExitCode;
import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.control.ThreadSupply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What stops a run from outside while it is under way: a signal, or a system that gives no more
 * threads. The first stops it cleanly, within a bounded time; a second signal ends the process at
 * once.
 *
 * <p>Without a thread to be had the JVM loses signals and may wait for ever, so a thread that is
 * there from the beginning looks twice a second whether there is one.
 */
final class Signals implements Interrupts {

  private static final int NONE = 0;
  private static final int NO_THREADS = -1;
  private static final int ENDED = -2;
  private static final long CLEAN_STOP_SECONDS = 5;

  /** With the time until the lack is certain, a signal that was lost meanwhile ends it in 5 s. */
  private static final long CLEAN_STOP_WITHOUT_THREADS_SECONDS = 3;

  private static final long LOOK_MILLIS = 500;

  /** Others of the same user may take the last thread for a moment. */
  private static final int CERTAIN = 3;

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
   * Hears SIGHUP, SIGINT and SIGTERM until closed.
   *
   * @param stop what the first signal does, in a thread of its own
   * @param beforeHalt what is done, quickly, before an end at once
   */
  static Signals stopping(Terminal terminal, Runnable stop, Runnable beforeHalt) {
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
        halt(ExitCode.ofSignal(event)); // what was written is kept all the same
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A signal or the end; null when there is no thread to be had. */
  private @Nullable Integer awaitEvent() throws InterruptedException {
    int refused = 0;
    while (refused < CERTAIN) {
      Integer event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (event != null) {
        return event;
      }
      refused = ThreadSupply.hasOneMore() ? 0 : refused + 1;
    }
    return null;
  }

  private void stopForWantOfThreads() throws InterruptedException {
    if (!caught.compareAndSet(NONE, NO_THREADS)) {
      return; // a signal came as this was found out
    }
    stop.run();
    if (events.poll(CLEAN_STOP_WITHOUT_THREADS_SECONDS, TimeUnit.SECONDS) == null) {
      halt(ExitCode.DISK);
    }
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

  /** The exit code by what stopped the run, else this one. */
  @Override
  public int exitCode(int otherwise) {
    return switch (caught.get()) {
      case NONE -> otherwise;
      case NO_THREADS -> ExitCode.DISK;
      default -> ExitCode.ofSignal(caught.get());
    };
  }

  /** Says why the run was stopped, where the user cannot know. */
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
