package dev.bulkdl.testkit.disk;

import java.io.IOException;

/** Sees every operation. Any number of threads may call it at once. */
public interface Hook {

  /**
   * Called before the operation. If it throws, the operation does not happen.
   *
   * @return the maximum number of bytes that a write may write; ignored for other operations
   */
  long before(Operation operation) throws IOException;

  /** Called after the operation. */
  default void after(Operation operation) throws IOException {}

  /** Returns the free space that the file system reports, given the real one. */
  default long usableSpace(long real) {
    return real;
  }

  /** Returns a hook that changes nothing. */
  static Hook none() {
    return Operation::bytes;
  }
}
