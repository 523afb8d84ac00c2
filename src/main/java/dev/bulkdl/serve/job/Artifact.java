package dev.bulkdl.serve.job;

/** What can be had of a job besides its files. */
public enum Artifact {
  MANIFEST,
  RESULTS,
  FAILED,
  REPORT_HTML,
  REPORT_JSON,
  LOG
}
