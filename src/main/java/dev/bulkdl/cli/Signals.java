package dev.bulkdl.cli;

import dev.bulkdl.ExitCode;
import dev.bulkdl.app.Console.Interrupts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signals while a run is under way: the first stops it cleanly, within a bounded time; the second
 * ends the process at once.
 */
final class Signals implements Interrupts {

  private static final int NONE = 0;
  private static final long CLEAN_STOP_SECONDS = 5;

  private final Runnable stop;
  private final Runnable beforeHalt;
  private final AtomicInteger caught = new AtomicInteger(NONE);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Runnable> restore = new ArrayList<>();

  private Signals(Runnable stop, Runnable beforeHalt) {
    this.stop = stop;
    this.beforeHalt = beforeHalt;
  }

  /**
   * Hears SIGHUP, SIGINT and SIGTERM until closed.
   *
   * @param stop what the first signal does, in a thread of its own
   * @param beforeHalt what is done, quickly, before an end at once
   */
  static Signals stopping(Runnable stop, Runnable beforeHalt) {
    Signals signals = new Signals(stop, beforeHalt);
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

  private void onSignal(int number) {
    if (!caught.compareAndSet(NONE, number)) {
      halt(number);
    }
    Thread.ofPlatform().daemon().name("stop-limit").start(() -> limitStop(number));
    Thread.ofPlatform().daemon().name("stop").start(stop);
  }

  private void limitStop(int number) {
    try {
      if (!ended.await(CLEAN_STOP_SECONDS, TimeUnit.SECONDS)) {
        halt(number); // what was written is kept all the same
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void halt(int number) {
    try {
      beforeHalt.run();
    } finally {
      Runtime.getRuntime().halt(ExitCode.ofSignal(number));
    }
  }

  /** The signal that stopped the run. */
  @Override
  public OptionalInt caught() {
    int number = caught.get();
    return number == NONE ? OptionalInt.empty() : OptionalInt.of(number);
  }

  @Override
  public void close() {
    ended.countDown();
    restore.forEach(Runnable::run);
  }
}
