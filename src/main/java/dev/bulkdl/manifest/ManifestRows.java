package dev.bulkdl.manifest;

import java.util.Iterator;

/**
 * One pass over a manifest's rows, in order. Only one thread at a time may use it. {@code hasNext}
 * and {@code next} throw a {@link ManifestException} when the rest of the manifest cannot be read.
 */
public interface ManifestRows extends Iterator<ManifestRow>, AutoCloseable {

  /** Closes the file. It throws nothing, and a second call has no effect. */
  @Override
  void close();
}
