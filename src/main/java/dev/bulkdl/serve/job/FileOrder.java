package dev.bulkdl.serve.job;

/** The order of a job's rows. */
public enum FileOrder {
  ROW,
  ROW_DESCENDING,
  NAME,
  NAME_DESCENDING,
  SIZE,
  SIZE_DESCENDING
}
