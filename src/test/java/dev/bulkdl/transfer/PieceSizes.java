package dev.bulkdl.transfer;

import dev.bulkdl.settings.Limits;

/** Sizes of pieces for tests. */
final class PieceSizes {

  private PieceSizes() {}

  /** Returns a smallest piece of this many bytes, whatever is measured. */
  static PieceSize held(long bytes) {
    return new PieceSize(Limits.FIXED.withSegments(4, bytes));
  }
}
