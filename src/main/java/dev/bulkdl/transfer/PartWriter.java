package dev.bulkdl.transfer;

import dev.bulkdl.disk.PartChannel;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.SyncPolicy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection's access to the partial file: its channel, and what the journal and the device
 * learn of what it wrote. For one thread.
 */
final class PartWriter implements AutoCloseable {

  /** At most this many bytes of a segment are missing in the journal. */
  private static final long NOTE_EVERY = 4L << 20;

  private final AttemptState attempt;
  private final boolean fsyncs;
  private @Nullable PartChannel channel;

  PartWriter(AttemptState attempt) {
    this.attempt = attempt;
    this.fsyncs = attempt.context().settings().disk().sync() != SyncPolicy.NEVER;
  }

  /** The channel to write with, opened at the first use. */
  PartChannel channel() throws IOException {
    PartChannel open = channel;
    if (open == null) {
      open = attempt.transfer().part().openForContent();
      channel = open;
    }
    return open;
  }

  /** These bytes of the segment were written. */
  void wrote(Segment segment, int count) throws IOException {
    if (segment.unnoted() >= NOTE_EVERY) {
      note(segment);
    }
    if (fsyncs) {
      attempt.fsyncs().wrote(count, attempt.cancellation());
    }
  }

  /** Notes in the journal of a split file what was written since the last note. */
  void note(Segment segment) throws IOException {
    if (attempt.isSplit() && segment.unnoted() > 0) {
      attempt.transfer().part().done(new ByteRanges.Span(segment.noteAll(), segment.position()));
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
