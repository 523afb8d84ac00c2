package dev.bulkdl.transfer;

/**
 * Yields after each 8 MiB, because a connection that never waits would keep its processor. Not
 * thread-safe.
 */
final class Turns {

  private static final long TURN = 8L << 20;

  private long bytes;

  @SuppressWarnings("ThreadPriorityCheck") // virtual threads are not preempted
  void received(int count) {
    bytes += count;
    if (bytes >= TURN) {
      bytes = 0;
      Thread.yield();
    }
  }
}
