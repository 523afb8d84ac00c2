package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Accepts the content of one file in order. The thread that fetches the file calls it. */
public sealed interface ContentSink permits MemorySink, Handover {

  /** Announces the length of the file in bytes. Returns a failure if it is too long. */
  Optional<Failure> expect(long total);

  /**
   * Copies the next bytes. Waits until there is room for at least one.
   *
   * @param content the bytes; its position does not change
   * @param most the largest number of bytes to copy, at least 1
   * @return the number of bytes copied, at least 1
   * @throws SinkException if the sink accepts no more bytes
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  int write(ByteBuffer content, int most, Cancellation cancellation) throws SinkException;

  /**
   * Waits until all bytes have reached their target.
   *
   * @param complete true if these are all bytes of the file; then the target is flushed
   * @throws SinkException if the target does not accept them
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  void settle(boolean complete, Cancellation cancellation) throws SinkException;

  /** Returns the number of bytes that have reached their target. */
  long delivered();

  /** Returns true if the content can always start again. */
  boolean isRewindable();

  /** Returns true if the content can start again now. */
  boolean canRestart();

  /** Discards all bytes. Call it only if {@link #canRestart} is true. */
  void restart();

  /** Returns why the target accepts no more bytes; empty while it does. */
  Optional<Failure> failure();
}
