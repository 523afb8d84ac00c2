package dev.bulkdl.settings;

/** When requests use HTTP/2. */
public enum Http2Mode {
  /**
   * For small files from origins with a round trip that is worth it, where the server offers it.
   */
  AUTO,
  NEVER
}
