package dev.bulkdl.control;

/**
 * Checks whether the system still gives threads to this process. Systems limit threads for each
 * user, container and service. The JVM needs a thread to handle a signal, and another one whenever
 * virtual threads block. Without it, some waits in the JVM never end. Thread-safe.
 */
public final class ThreadSupply {

  /** The message to the user, with the way out. */
  public static final String TOO_FEW =
      "the system allows this user too few threads (ulimit -u, or the limit of the container or"
          + " service); allow more and run it again, what was downloaded is kept";

  private static final int SMALL_STACK = 64 << 10;

  private ThreadSupply() {}

  /** Starts a thread that ends at once. Returns false if the system refuses the thread. */
  public static boolean hasOneMore() {
    try {
      new Thread(null, () -> {}, "supply", SMALL_STACK, false).start();
      return true;
    } catch (OutOfMemoryError e) {
      if (isLack(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Returns true if the cause of this error is that the system refused a thread. */
  public static boolean isLack(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        && thrown.getMessage() != null
        && thrown.getMessage().contains("native thread");
  }
}
