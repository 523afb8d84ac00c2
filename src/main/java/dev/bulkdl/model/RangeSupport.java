package dev.bulkdl.model;

/** Whether a server answered a ranged request with the range, as asking told. */
public enum RangeSupport {
  /** No range was asked for. */
  UNKNOWN,
  /** A 206 came with the range that was asked for. */
  SUPPORTED,
  /** The whole file came instead. */
  REFUSED
}
