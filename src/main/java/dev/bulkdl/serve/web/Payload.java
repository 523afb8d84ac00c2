package dev.bulkdl.serve.web;

import java.nio.file.Path;
import java.util.Optional;

/** The body of a request, read as a whole before a handler runs. */
sealed interface Payload {

  record None() implements Payload {}

  @SuppressWarnings("ArrayRecordComponent") // never compared and never changed
  record Bytes(byte[] content) implements Payload {}

  /**
   * An uploaded list. The file is deleted when the request has ended.
   *
   * @param options the part {@code options}; empty if there is none
   * @param file the part {@code manifest} on the disk
   * @param name the name that the browser gave it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared and never changed
  record Upload(Optional<byte[]> options, Path file, String name) implements Payload {}
}
