package dev.bulkdl.model;

import dev.bulkdl.text.HeaderField;

/** A request header for some hosts only. */
public record ScopedHeader(HostScope scope, String name, String value) {

  /**
   * @throws IllegalArgumentException when no request can carry this header
   */
  public ScopedHeader {
    HeaderField.check(name, value);
  }

  /** The value is a secret. */
  @Override
  public String toString() {
    return "ScopedHeader[" + scope + ", " + name + "]";
  }
}
