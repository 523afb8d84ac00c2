package dev.bulkdl.control;

import dev.bulkdl.time.Ticker;
import java.time.Duration;

/** A connection to an origin whose number of connections is found by measuring. */
final class PacedConnection implements Feedback {

  private final OriginPace pace;
  private final Ticker ticker;
  private final Runnable changed;
  private final boolean shared;
  private final long since;
  private final int level;

  private PacedConnection(OriginPace pace, Ticker ticker, Runnable changed, boolean shared) {
    this.pace = pace;
    this.ticker = ticker;
    this.changed = changed;
    this.shared = shared;
    this.since = ticker.nanos();
    this.level = shared ? pace.inUse() : pace.granted(since);
  }

  /**
   * Counts a connection that begins to be used.
   *
   * @param changed called when the number of allowed connections of the origin has changed
   */
  static PacedConnection begin(OriginPace pace, Ticker ticker, Runnable changed) {
    return new PacedConnection(pace, ticker, changed, false);
  }

  /** Returns the feedback of one of the requests that share a connection, which counts already. */
  static PacedConnection shared(OriginPace pace, Ticker ticker, Runnable changed) {
    return new PacedConnection(pace, ticker, changed, true);
  }

  @Override
  public void received(long bytes, boolean network) {
    report(pace.received(bytes, network, ticker.nanos()));
  }

  @Override
  public void answered(Duration took) {
    report(pace.answered(level, took, ticker.nanos()));
  }

  @Override
  public void refused(Certainty how) {
    report(pace.refused(level, how, ticker.nanos()));
  }

  @Override
  public void triedAgain(boolean served) {
    report(pace.triedAgain(level, served, ticker.nanos()));
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public void close() {
    if (!shared) {
      pace.released(ticker.nanos());
    }
  }

  private void report(boolean hasChanged) {
    if (hasChanged) {
      changed.run();
    }
  }
}
