package dev.bulkdl.testkit.disk;

import java.io.IOException;

/** Sees every operation; called by any number of threads at once. */
public interface Hook {

  /**
   * The operation is about to happen, unless this throws.
   *
   * @return how many bytes a write may write at the most; of no meaning for others
   */
  long before(Operation operation) throws IOException;

  /** The operation has happened. */
  default void after(Operation operation) throws IOException {}

  /** What a file system says to have left, of what the real one has. */
  default long usableSpace(long real) {
    return real;
  }

  /** One that lets everything pass. */
  static Hook none() {
    return Operation::bytes;
  }
}
