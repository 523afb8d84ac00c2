package dev.bulkdl.disk;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** Buffers that a device can read from, as many as are in use at one time. Thread-safe. */
final class AlignedBuffers {

  /** Of the memory, and of what is written at once: a multiple of every usual size of a page. */
  static final int BLOCK = 64 << 10;

  /** Large enough that a device is not kept busy by being asked. */
  static final int BYTES = 1 << 20;

  private static final int MOST = 32;

  private final Semaphore free;
  private final ConcurrentLinkedDeque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();

  /** A JVM grants buffers as much memory as its heap may take, and the network has some of it. */
  AlignedBuffers() {
    long room = Runtime.getRuntime().maxMemory() / 8 / BYTES;
    this.free = new Semaphore(Math.clamp(room, 1, MOST));
  }

  /** One of {@link #BYTES}, unless too many are in use or the JVM grants none. */
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
      return Optional.empty(); // of the memory for buffers, which has a limit of its own
    }
  }

  void giveBack(ByteBuffer buffer) {
    idle.push(buffer);
    free.release();
  }
}
