package dev.bulkdl.transfer;

import dev.bulkdl.disk.JournalState;
import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.ByteRanges;

/** The point from which a file continues. Pure. */
public sealed interface ResumePoint {

  /**
   * The file starts from its first byte.
   *
   * @param discarded the number of existing bytes that cannot be used
   * @param reason the reason why; empty if there are none
   * @param ours whether this program made the existing file; other files are kept
   */
  record Fresh(long discarded, String reason, boolean ours) implements ResumePoint {}

  /** The file keeps these ranges, if the server proves that its file is still the same. */
  record Continue(JournalState journal, ByteRanges done) implements ResumePoint {

    /**
     * Whether the journal must list the ranges, because the partial file's size does not describe
     * them.
     */
    boolean asSplit() {
      return journal.split() || done.prefixLength() != done.bytes();
    }
  }

  /** A start from the first byte with nothing to discard. */
  static ResumePoint fresh() {
    return new Fresh(0, "", true);
  }

  /**
   * Decides from what an earlier run left. If journal and file disagree, the smaller claim counts.
   *
   * @param boot the current boot; bytes that an earlier boot wrote count only if they were synced
   * @param hashed whether the manifest gives a hash, which proves the whole file at its end
   * @param trustSize whether equal sizes are enough
   */
  static ResumePoint of(Remains remains, String boot, boolean hashed, boolean trustSize) {
    if (remains.size() == 0) {
      return fresh();
    }
    if (remains.journal().isEmpty()) {
      return new Fresh(remains.size(), "it has no usable journal", remains.ours());
    }
    JournalState journal = remains.journal().get();
    ByteRanges claimed = journal.split() ? journal.done() : ByteRanges.prefix(remains.size());
    ByteRanges safe = journal.boot().equals(boot) ? claimed : journal.forced();
    long limit = Math.min(remains.size(), journal.version().total().orElse(Long.MAX_VALUE));
    ByteRanges done = safe.before(limit);
    if (done.bytes() == 0) {
      return new Fresh(remains.size(), "none of it is known to be synced to the disk", true);
    }
    boolean sizeTells = trustSize && journal.version().total().isPresent();
    boolean provable = journal.version().ifRange().isPresent() || hashed || sizeTells;
    if (!provable && journal.adopted().isEmpty()) {
      return new Fresh(
          remains.size(), "nothing can prove that the remote file is still the same", true);
    }
    return new Continue(journal, withoutLastByte(done, journal));
  }

  /**
   * Drops the last byte of a complete file, so that it is requested again and the server proves the
   * whole.
   */
  private static ByteRanges withoutLastByte(ByteRanges done, JournalState journal) {
    long total = journal.version().total().orElse(Long.MAX_VALUE);
    return done.bytes() == total ? done.before(total - 1) : done;
  }
}
