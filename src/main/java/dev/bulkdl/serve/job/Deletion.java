package dev.bulkdl.serve.job;

/** What goes with a deleted job. */
public enum Deletion {
  /** All files stay. */
  KEEP,
  /** Partial files go, complete ones stay. */
  PARTIAL,
  /** Everything that the job has fetched goes. */
  ALL
}
