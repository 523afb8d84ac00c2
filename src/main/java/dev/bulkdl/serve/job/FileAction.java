package dev.bulkdl.serve.job;

/** What a user does to rows. */
public enum FileAction {
  /** They wait until they are released. */
  HOLD,
  RELEASE,
  /** Failed and cancelled ones are tried again. */
  RETRY,
  CANCEL,
  /** They are next, in their order. */
  FIRST,
  /** They go behind all others. */
  LAST
}
