package dev.bulkdl.disk;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * A pool of direct buffers that are aligned for O_DIRECT. It limits how many are in use at one
 * time. Thread-safe.
 */
final class AlignedBuffers {

  /** Alignment in memory, and unit of writing, in bytes: a multiple of every common page size. */
  static final int BLOCK = 64 << 10;

  /** Size of a buffer in bytes: large enough that the cost of a system call does not matter. */
  static final int BYTES = 1 << 20;

  private static final int MAX_BUFFERS = 32;

  private final Semaphore free;
  private final ConcurrentLinkedDeque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();

  /** The JVM allows as much direct memory as heap, and the network buffers need a part of it. */
  AlignedBuffers() {
    long room = Runtime.getRuntime().maxMemory() / 8 / BYTES;
    this.free = new Semaphore(Math.clamp(room, 1, MAX_BUFFERS));
  }

  /** Returns a buffer of {@link #BYTES}; empty if too many are in use or direct memory runs out. */
  Optional<ByteBuffer> take() {
    if (!free.tryAcquire()) {
      return Optional.empty();
    }
    Optional<ByteBuffer> buffer = Optional.ofNullable(idle.poll()).or(AlignedBuffers::make);
    if (buffer.isEmpty()) {
      free.release();
    }
    return buffer;
  }

  private static Optional<ByteBuffer> make() {
    try {
      return Optional.of(ByteBuffer.allocateDirect(BYTES + BLOCK).alignedSlice(BLOCK));
    } catch (OutOfMemoryError e) {
      return Optional.empty(); // direct memory has its own limit: the heap is not full
    }
  }

  void giveBack(ByteBuffer buffer) {
    idle.push(buffer);
    free.release();
  }
}
