package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;

/** How one round of fetching a file's content ended. */
sealed interface AttemptEnd {

  /** All bytes are there, as far as HTTP tells. */
  record Complete(long size) implements AttemptEnd {}

  /** What is there cannot be built upon. */
  record Anew(Why why, String reason) implements AttemptEnd {}

  /** It cannot go on. */
  record GivenUp(Failure failure) implements AttemptEnd {}

  /** Why a file starts again. */
  enum Why {
    /** The server has another version now. */
    CHANGED,
    /** The server's ranges cannot be used: ask for the whole. */
    NO_RANGES,
    /** The attempt failed, and nothing would prove that the server's file is still the same. */
    NOT_PROVABLE
  }
}
