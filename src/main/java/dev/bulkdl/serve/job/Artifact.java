package dev.bulkdl.serve.job;

/** The documents of a job, besides its files. */
public enum Artifact {
  MANIFEST,
  RESULTS,
  FAILED,
  REPORT_HTML,
  REPORT_JSON,
  LOG
}
