package dev.bulkdl.board;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Lines that wait to be printed above the board. Thread-safe. */
final class Scrollback {

  /** The most lines that are printed at once. Nobody could read more. */
  static final int MOST = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> lines = new ArrayList<>();
  private long dropped;

  void add(String line) {
    lock.lock();
    try {
      if (lines.size() < MOST) {
        lines.add(line);
      } else {
        dropped++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns and removes the lines added after the last call. */
  List<String> take() {
    lock.lock();
    try {
      List<String> taken = new ArrayList<>(lines);
      if (dropped > 0) {
        taken.add(dropped + " more lines are left out here; the log has them");
      }
      lines.clear();
      dropped = 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
