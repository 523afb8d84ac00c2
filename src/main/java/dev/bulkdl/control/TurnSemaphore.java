package dev.bulkdl.control;

import java.util.concurrent.Semaphore;

/**
 * A fair semaphore with a second queue in front of it. At most one thread of the long queue waits
 * for a permit at a time, so a thread that skips the long queue waits behind one other at most.
 */
class TurnSemaphore extends Semaphore implements Releasable {

  private static final long serialVersionUID = 1;

  private final Semaphore turn = new Semaphore(1, true);

  TurnSemaphore(int permits) {
    super(permits, true);
  }

  /** Waits for a permit at the end of the long queue. */
  void acquireInTurn() throws InterruptedException {
    turn.acquire();
    try {
      acquire();
    } finally {
      turn.release();
    }
  }
}
