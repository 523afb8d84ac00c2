package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.function.Consumer;

/** A connection to an origin whose number of connections is fixed, but for the slowed origins. */
final class CountedConnection implements Feedback {

  /**
   * After this many bytes of content the origin counts as having answered once more: a large file
   * is one response for hours.
   */
  private static final long BYTES_PER_ANSWER = 4L << 20;

  private final Origin origin;
  private final Consumer<Origin> answered;
  private long uncounted;

  /**
   * @param answered called for each good response
   */
  CountedConnection(Origin origin, Consumer<Origin> answered) {
    this.origin = origin;
    this.answered = answered;
  }

  @Override
  public void received(long bytes, boolean network) {
    uncounted += bytes;
    if (uncounted >= BYTES_PER_ANSWER) {
      uncounted = 0;
      answered.accept(origin);
    }
  }

  @Override
  public void answered(Duration took) {
    answered.accept(origin);
  }

  /** {@link Permits#slowDown} decides this for all files together. */
  @Override
  public void refused(Certainty how) {}

  @Override
  public void triedAgain(boolean served) {}

  @Override
  public long since() {
    return 0;
  }

  @Override
  public void close() {}
}
