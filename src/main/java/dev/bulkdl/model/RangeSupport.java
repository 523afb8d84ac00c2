package dev.bulkdl.model;

/** Whether a server supports ranges, as far as its responses have shown. */
public enum RangeSupport {
  /** No range was requested. */
  UNKNOWN,
  /** A 206 came with the requested range. */
  SUPPORTED,
  /** The whole file came instead of the range. */
  REFUSED
}
