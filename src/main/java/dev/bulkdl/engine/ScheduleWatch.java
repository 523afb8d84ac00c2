package dev.bulkdl.engine;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Schedule;
import dev.bulkdl.run.RunCounters;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pauses, resumes and ends a run by its schedule. Thread-safe. */
final class ScheduleWatch implements AutoCloseable {

  /** With a limit of bytes, this much of a second can be received above it. */
  private static final long INTERVAL_MILLIS = 50;

  private final Schedule schedule;
  private final RunControl control;
  private final RunCounters counters;
  private final OutputFolder folder;
  private final TransferListener listener;
  private final InstantSource clock = InstantSource.system();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Optional<Hold.Reason> paused = Optional.empty();

  private ScheduleWatch(
      Schedule schedule,
      RunControl control,
      RunCounters counters,
      OutputFolder folder,
      TransferListener listener) {
    this.schedule = schedule;
    this.control = control;
    this.counters = counters;
    this.folder = folder;
    this.listener = listener;
  }

  /** Starts to watch. What the schedule says now holds when this returns. */
  static ScheduleWatch start(
      Schedule schedule,
      RunControl control,
      RunCounters counters,
      OutputFolder folder,
      TransferListener listener) {
    ScheduleWatch watch = new ScheduleWatch(schedule, control, counters, folder, listener);
    if (!schedule.isEmpty() && watch.look()) {
      Thread.ofVirtual().name("schedule").start(watch::lookUntilClosed);
    }
    return watch;
  }

  private void lookUntilClosed() {
    try {
      boolean goesOn = true;
      while (goesOn && !closing.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        goesOn = look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false when the run has to end. */
  private boolean look() {
    ScheduleVerdict.State run =
        new ScheduleVerdict.State(
            clock.instant(), counters.elapsed(), counters.received(), free(), paused.isPresent());
    switch (ScheduleVerdict.of(schedule, run)) {
      case ScheduleVerdict.Work ignored -> goOn();
      case ScheduleVerdict.Pause pause -> pause(pause);
      case ScheduleVerdict.End end -> {
        listener.onEvent(new TransferEvent.EndedEarly(end.why()));
        control.stop();
        return false;
      }
    }
    return true;
  }

  private void pause(ScheduleVerdict.Pause pause) {
    control.hold(new Hold(pause.reason(), pause.why(), clock.instant(), pause.until()));
    paused.filter(before -> before != pause.reason()).ifPresent(control::release);
    paused = Optional.of(pause.reason());
  }

  private void goOn() {
    paused.ifPresent(control::release);
    paused = Optional.empty();
  }

  private OptionalLong free() {
    if (schedule.minFreeSpace().isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(OutputFolder.usable(folder.store()));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
