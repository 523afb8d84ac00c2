package dev.bulkdl.control;

/**
 * Whether the system still gives this process threads: it limits them for each user, container and
 * service. The JVM needs one to hear a signal, and one whenever virtual threads block; without it,
 * some of its waits never end.
 */
public final class ThreadSupply {

  /** What people are told, with the way out. */
  public static final String TOO_FEW =
      "the system allows this user too few threads (ulimit -u, or the limit of the container or"
          + " service); allow more and run it again, what was downloaded is kept";

  private static final int SMALL_STACK = 64 << 10;

  private ThreadSupply() {}

  /** Starts a thread that ends at once; false if there is none to be had. */
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

  /** Whether this was thrown because there was no thread to be had. */
  public static boolean isLack(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        && thrown.getMessage() != null
        && thrown.getMessage().contains("native thread");
  }
}
