package dev.bulkdl.page;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects the data of the page during a run. Its memory depends on the number of files that are
 * active at one time, not on the number of files in the run. Thread-safe.
 */
public final class RunHistory implements ProgressListener {
  private static final int BARS = 1000;
  private static final int SLOWEST = 50;
  private static final int FAILED = 100;

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TargetName, Trace> active = new HashMap<>();
  private final SampledSeries<TimelineBar> sample = new SampledSeries<>(BARS);
  private final LongestFiles slowest = new LongestFiles(SLOWEST);
  private final LongestFiles longestFailed = new LongestFiles(FAILED);
  private final Curves curves = new Curves();
  private long start;

  public RunHistory(Ticker ticker) {
    this.ticker = ticker;
    this.start = ticker.nanos();
  }

  /**
   * The collected data.
   *
   * @param fetched number of files that were fetched
   * @param every one in this number of files is among the bars, plus the slowest and the failed
   *     ones
   */
  record Kept(
      Curves.Drawn curves,
      List<TimelineBar> bars,
      long fetched,
      long every,
      List<TimelineBar> slowest) {}

  @Override
  public void onEvent(TransferEvent event) {
    lock.lock();
    try {
      note(event, Duration.ofNanos(ticker.nanos() - start));
    } finally {
      lock.unlock();
    }
  }

  private void note(TransferEvent event, Duration now) {
    if (event instanceof TransferEvent.RunStarted) {
      start = ticker.nanos();
    } else if (event instanceof TransferEvent.FileStarted file) {
      active.put(file.download().target(), new Trace());
    } else if (event instanceof TransferEvent.Answered answer) {
      Trace trace = active.get(answer.download().target());
      if (trace != null) {
        trace.answered(now, answer);
      }
    } else if (event instanceof TransferEvent.Retrying retry) {
      Trace trace = active.get(retry.download().target());
      if (trace != null) {
        trace.retrying(now, retry);
      }
    } else if (event instanceof TransferEvent.Delivered content) {
      curves.delivered(content.origin(), content.bytes());
    } else if (event instanceof TransferEvent.FileEnded file) {
      ended(file, now);
    }
  }

  private void ended(TransferEvent.FileEnded file, Duration now) {
    Trace trace = active.remove(file.download().target());
    if (trace != null) {
      trace.ended(now, file.download(), file.outcome()).ifPresent(this::keep);
    }
  }

  private void keep(TimelineBar bar) {
    sample.offer(bar);
    slowest.offer(bar);
    if (bar.status().equals("failed")) {
      longestFailed.offer(bar);
    }
  }

  @Override
  public void onProgress(RunProgress progress) {
    lock.lock();
    try {
      curves.add(progress);
    } finally {
      lock.unlock();
    }
  }

  Kept kept() {
    lock.lock();
    try {
      Set<TimelineBar> bars = new LinkedHashSet<>(sample.kept());
      bars.addAll(slowest.inOrder());
      bars.addAll(longestFailed.inOrder());
      return new Kept(
          curves.drawn(),
          new ArrayList<>(bars),
          sample.offered(),
          sample.every(),
          slowest.inOrder());
    } finally {
      lock.unlock();
    }
  }
}
