package dev.bulkdl.serve.job;

/** What a user does to a job. Each does nothing where it is done already. */
public enum JobAction {
  /** It works as soon as it is its turn, also before its start time. */
  START,
  PAUSE,
  RESUME,
  /** For good: it never works again by itself. */
  CANCEL,
  /** Its failed files are tried again; a cancelled job goes on. */
  RETRY
}
