package dev.bulkdl.transfer;

import dev.bulkdl.disk.PartChannel;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.SyncPolicy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection's access to the partial file: its channel, its notes in the journal, and the fsync
 * of what it wrote. Not thread-safe: one thread uses it.
 */
final class PartWriter implements AutoCloseable {

  /**
   * A segment has at most this many written bytes, plus one buffer, that are not in the journal.
   */
  private static final long NOTE_EVERY = 4L << 20;

  private final AttemptState attempt;
  private final boolean fsyncs;
  private @Nullable PartChannel channel;

  PartWriter(AttemptState attempt) {
    this.attempt = attempt;
    this.fsyncs = attempt.context().settings().disk().sync() != SyncPolicy.NEVER;
  }

  /** Returns the channel for writing, opened at the first call. */
  PartChannel channel() throws IOException {
    PartChannel open = channel;
    if (open == null) {
      open = attempt.transfer().part().openForContent();
      channel = open;
    }
    return open;
  }

  /** Call it after these bytes of the segment were written. */
  void wrote(Segment segment, int count) throws IOException {
    if (segment.unnoted() >= NOTE_EVERY) {
      note(segment);
    }
    if (fsyncs) {
      attempt.fsyncs().wrote(count, attempt.cancellation());
    }
  }

  /** Writes the range since the last note into the journal of a split file. */
  void note(Segment segment) throws IOException {
    if (attempt.isSplit() && segment.unnoted() > 0) {
      attempt
          .transfer()
          .part()
          .done(new ByteRanges.Span(segment.takeUnnoted(), segment.position()));
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
