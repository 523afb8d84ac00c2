package dev.bulkdl.transfer;

/**
 * Lets other virtual threads run after each 8 MiB: content that never waits would keep the
 * processor. For one thread.
 */
final class Turns {

  private static final long TURN = 8L << 20;

  private long bytes;

  @SuppressWarnings("ThreadPriorityCheck") // virtual threads are never made to share
  void received(int count) {
    bytes += count;
    if (bytes >= TURN) {
      bytes = 0;
      Thread.yield();
    }
  }
}
