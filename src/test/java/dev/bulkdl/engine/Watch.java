package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A listener that checks what {@link TransferListener} promises of the order of events, and that
 * counters agree with outcomes; for one run at a time. It also keeps the events, and waits for
 * them.
 */
final class Watch implements ProgressListener {
  private static final long BOUND_SECONDS = 120;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<TransferEvent> events = new ArrayList<>();
  private final List<RunProgress> shown = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Set<TargetName> open = new HashSet<>();
  private final Map<TargetName, Outcome> ended = new HashMap<>();
  private final Set<TargetName> requeued = new HashSet<>();
  private final boolean hasRuns;
  private boolean running;
  private boolean outage;
  private long rejected;
  private long retries;
  private Optional<RunProgress> last = Optional.empty();

  Watch() {
    this(true);
  }

  private Watch(boolean hasRuns) {
    this.hasRuns = hasRuns;
  }

  /** Watches files that belong to no run. A name may come again after its end. */
  static Watch withoutRuns() {
    return new Watch(false);
  }

  @Override
  public void onEvent(TransferEvent event) {
    lock.lock();
    try {
      events.add(event);
      if (hasRuns && !running && !(event instanceof TransferEvent.RunStarted)) {
        violations.add("outside of a run: " + event);
      }
      check(event);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void check(TransferEvent event) {
    switch (event) {
      case TransferEvent.RunStarted ignored -> begin();
      case TransferEvent.RowRejected ignored -> rejected++;
      case TransferEvent.FileStarted file -> start(file);
      case TransferEvent.TlsBegan ignored -> {}
      case TransferEvent.Connected ignored -> {}
      case TransferEvent.Delivered ignored -> {}
      case TransferEvent.Answered answered -> inside(answered.download(), event);
      case TransferEvent.Retrying retrying -> {
        inside(retrying.download(), event);
        retries++;
      }
      case TransferEvent.Restarted restarted -> inside(restarted.download(), event);
      case TransferEvent.OriginPaused ignored -> {}
      case TransferEvent.HoldBegan ignored -> {}
      case TransferEvent.HoldEnded ignored -> {}
      case TransferEvent.EndedEarly ignored -> {}
      case TransferEvent.OutageBegan ignored -> turn(true, event);
      case TransferEvent.OutageEnded ignored -> turn(false, event);
      case TransferEvent.FileEnded file -> end(file);
      case TransferEvent.Requeued again -> requeue(again);
      case TransferEvent.RunEnded ignored -> end();
    }
  }

  private void begin() {
    expect(!running, "a run begins in a run");
    running = true;
    outage = false;
    rejected = 0;
    retries = 0;
    open.clear();
    ended.clear();
    requeued.clear();
    last = Optional.empty();
  }

  private void start(TransferEvent.FileStarted file) {
    TargetName name = file.download().target();
    boolean first = !hasRuns || !ended.containsKey(name);
    expect(!open.contains(name) && (first || requeued.remove(name)), "started twice: " + name);
    open.add(name);
    last = Optional.empty();
  }

  private void inside(Download download, TransferEvent event) {
    expect(open.contains(download.target()), "outside of its file: " + event);
  }

  private void turn(boolean begins, TransferEvent event) {
    expect(outage != begins, "out of turn: " + event);
    outage = begins;
  }

  private void end(TransferEvent.FileEnded file) {
    TargetName name = file.download().target();
    boolean started = open.remove(name);
    expect(started, "ended without a start, or twice: " + name);
    ended.put(name, file.outcome());
    last = Optional.empty();
    if (started) {
      agree(name, file.outcome());
    }
  }

  private void requeue(TransferEvent.Requeued again) {
    TargetName name = again.download().target();
    expect(!open.contains(name), "taken up again before its end: " + name);
    expect(again.was().equals(ended.get(name)), "failed otherwise: " + again);
    expect(requeued.add(name), "taken up again twice: " + name);
  }

  private void agree(TargetName name, Outcome outcome) {
    Outcome.Effort effort = outcome.effort();
    expect(
        effort.downloaded() >= 0 && effort.resumed() >= 0 && effort.discarded() >= 0,
        name + " has negative counts: " + effort);
    if (outcome instanceof Outcome.Completed completed) {
      expect(
          effort.downloaded() + effort.resumed() == completed.size(),
          name + " has " + completed.size() + " bytes, but " + effort);
      expect(effort.attempts() > 0, name + " completed without a request");
    }
  }

  private void end() {
    expect(running, "a run ends that did not begin");
    running = false;
    expect(open.isEmpty(), "the run ends before " + open);
    expect(requeued.isEmpty(), "the run ends without " + requeued);
    expect(last.isPresent(), "no progress was shown between the last file and the end");
    last.ifPresent(this::agree);
  }

  private void agree(RunProgress progress) {
    expect(progress.completed() == count("completed"), "completed: " + progress);
    expect(progress.skipped() == count("skipped"), "skipped: " + progress);
    expect(progress.failed() == count("failed") + rejected, "failed: " + progress);
    expect(progress.cancelled() == count("cancelled"), "cancelled: " + progress);
    expect(progress.active().isEmpty(), "still active: " + progress);
    expect(progress.expected() == 0, "still expected: " + progress);
    expect(progress.retries() == retries, "not " + retries + " retries: " + progress);
    expect(progress.connections() == 0, "still connected: " + progress);
    expect(
        progress.hosts().stream().allMatch(host -> host.connections() == 0),
        "still connected: " + progress);
    long kept = ended.values().stream().mapToLong(outcome -> outcome.effort().downloaded()).sum();
    expect(progress.received() >= kept, "received less than kept (" + kept + "): " + progress);
  }

  private long count(String status) {
    return ended.values().stream().filter(outcome -> outcome.status().equals(status)).count();
  }

  private void expect(boolean holds, String violation) {
    if (!holds) {
      violations.add(violation);
    }
  }

  @Override
  public void onProgress(RunProgress progress) {
    lock.lock();
    try {
      last = Optional.of(progress);
      shown.add(progress);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Everything was as it should be so far, and no run is under way. */
  void verify() {
    lock.lock();
    try {
      assertThat(violations).as("violations of the grammar of events").isEmpty();
      assertThat(running).as("a run is under way").isFalse();
      assertThat(hasRuns ? Set.of() : open).as("files without an end").isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The events of one kind, of all runs so far. */
  <E extends TransferEvent> List<E> seen(Class<E> kind) {
    lock.lock();
    try {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    } finally {
      lock.unlock();
    }
  }

  /** What was shown last. */
  RunProgress lastProgress() {
    lock.lock();
    try {
      return shown.getLast();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until this many events of this kind have come. */
  void await(Class<? extends TransferEvent> kind, int count) {
    await(
        () -> events.stream().filter(kind::isInstance).count() >= count,
        count + " " + kind.getSimpleName());
  }

  /**
   * Waits until progress of a state from now on is shown for which this holds: what is shown next
   * may have been read before.
   */
  void awaitProgress(Predicate<RunProgress> wanted) {
    int from = progressShown() + 1;
    await(() -> shown.stream().skip(from).anyMatch(wanted), "a progress as wanted");
  }

  private int progressShown() {
    lock.lock();
    try {
      return shown.size();
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier condition, String what) {
    lock.lock();
    try {
      long nanos = TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
      while (!condition.getAsBoolean()) {
        if (nanos <= 0) {
          throw new AssertionError("waited for " + what + ", saw " + events);
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }
}
