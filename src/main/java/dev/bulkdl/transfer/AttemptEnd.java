package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;

/** How one attempt to fetch a file's content ended. */
sealed interface AttemptEnd {

  /**
   * All bytes were received, according to HTTP.
   *
   * @param size the size of the file in bytes
   */
  record Complete(long size) implements AttemptEnd {}

  /** The bytes written so far cannot be used, so the file starts from its first byte. */
  record Anew(Why why, String reason) implements AttemptEnd {}

  /** The file has failed. */
  record GivenUp(Failure failure) implements AttemptEnd {}

  /** The reason why a file starts again. */
  enum Why {
    /** The server has a different version now. */
    CHANGED,
    /** The server's ranges cannot be used, so the whole file is requested. */
    NO_RANGES,
    /** The attempt failed, and nothing can prove that the server's file is still the same. */
    NOT_PROVABLE
  }
}
