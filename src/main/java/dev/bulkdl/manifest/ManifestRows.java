package dev.bulkdl.manifest;

import java.util.Iterator;

/**
 * One pass over a manifest's rows, in order; used by one thread at a time. {@code hasNext} and
 * {@code next} throw a {@link ManifestException} where the manifest cannot be read on.
 */
public interface ManifestRows extends Iterator<ManifestRow>, AutoCloseable {

  /** Gives the file back; nothing is thrown, and doing it twice is harmless. */
  @Override
  void close();
}
