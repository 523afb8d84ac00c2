package dev.bulkdl.manifest;

import java.util.Iterator;
import java.util.List;

/**
 * One pass over a manifest's rows, in order. Only one thread at a time may use it. {@code hasNext}
 * and {@code next} throw a {@link ManifestException} when the rest of the manifest cannot be read.
 */
public interface ManifestRows extends Iterator<ManifestRow>, AutoCloseable {

  /**
   * Returns the rows as one or two iterators. Of two, half of the files in flight are to be rows of
   * each. They share the rows: each row comes from one of them.
   */
  default List<Iterator<? extends ManifestRow>> ends() {
    return List.of(this);
  }

  /** Closes the file. It throws nothing, and a second call has no effect. */
  @Override
  void close();
}
