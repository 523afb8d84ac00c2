package dev.bulkdl.control;

import dev.bulkdl.time.Ticker;
import java.time.Duration;

/** A connection to an origin whose number of connections is found by measuring. */
final class PacedConnection implements Feedback {

  private final OriginPace pace;
  private final Ticker ticker;
  private final Runnable changed;
  private final int level;

  /**
   * @param changed called when the number of allowed connections of the origin has changed
   */
  PacedConnection(OriginPace pace, Ticker ticker, Runnable changed) {
    this.pace = pace;
    this.ticker = ticker;
    this.changed = changed;
    this.level = pace.granted(ticker.nanos());
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
  public void refused(boolean sure) {
    report(pace.refused(level, sure, ticker.nanos()));
  }

  @Override
  public void reset() {
    report(pace.reset(level, ticker.nanos()));
  }

  @Override
  public void close() {
    pace.released(ticker.nanos());
  }

  private void report(boolean hasChanged) {
    if (hasChanged) {
      changed.run();
    }
  }
}
