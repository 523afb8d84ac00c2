package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Takes the content of one file in order. The thread that fetches the file calls it. */
public sealed interface ContentSink permits MemorySink, Handover {

  /** The file has this many bytes. A failure if they are too many. */
  Optional<Failure> expect(long total);

  /**
   * Takes the next bytes, and waits until there is room for one at least.
   *
   * @param content keeps its position
   * @param most how many bytes to take from it, at least 1
   * @return how many were taken, at least 1
   * @throws SinkException when the sink takes nothing more
   * @throws java.util.concurrent.CancellationException when the work is to stop
   */
  int write(ByteBuffer content, int most, Cancellation cancellation) throws SinkException;

  /**
   * Returns when all bytes have reached their target.
   *
   * @param complete whether these are all bytes of the file, so that the target is flushed
   * @throws SinkException when the target does not take them
   * @throws java.util.concurrent.CancellationException when the work is to stop
   */
  void settle(boolean complete, Cancellation cancellation) throws SinkException;

  /** Returns the number of bytes that have reached their target. */
  long delivered();

  /** Returns true if bytes that were written can always be taken back. */
  boolean isRewindable();

  /** Returns true if the content may start again now. */
  boolean canRestart();

  /** Forgets all bytes. Only after {@link #canRestart} was true. */
  void restart();

  /** Returns why the target does not take any more bytes. */
  Optional<Failure> failure();
}
