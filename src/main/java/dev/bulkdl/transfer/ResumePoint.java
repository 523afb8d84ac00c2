package dev.bulkdl.transfer;

import dev.bulkdl.disk.JournalState;
import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.ByteRanges;

/** Where a file goes on. Pure. */
public sealed interface ResumePoint {

  /**
   * From its beginning.
   *
   * @param discarded bytes that are there and cannot be used
   * @param reason why not, empty where there are none
   * @param ours whether they are this program's own; others are kept
   */
  record Fresh(long discarded, String reason, boolean ours) implements ResumePoint {}

  /** With these ranges taken as they are, if the server proves that its file is still the same. */
  record Continue(JournalState journal, ByteRanges done) implements ResumePoint {

    /** Whether the journal, rather than the partial file's size, has to say what is there. */
    boolean asSplit() {
      return journal.split() || done.prefixLength() != done.bytes();
    }
  }

  /** A fresh start with nothing to lose. */
  static ResumePoint fresh() {
    return new Fresh(0, "", true);
  }

  /**
   * Judges what an earlier run left. Where sources disagree, the smaller claim is believed.
   *
   * @param boot the current boot: what an earlier one wrote counts only as far as it was forced
   * @param hashed whether the manifest gives a hash, which proves the whole file at its end
   * @param trustSize whether equal sizes are enough
   */
  static ResumePoint of(Remains remains, String boot, boolean hashed, boolean trustSize) {
    if (remains.size() == 0) {
      return fresh();
    }
    if (remains.journal().isEmpty()) {
      return new Fresh(remains.size(), "there is no usable journal of it", remains.ours());
    }
    JournalState journal = remains.journal().get();
    ByteRanges claimed = journal.split() ? journal.done() : ByteRanges.prefix(remains.size());
    ByteRanges safe = journal.boot().equals(boot) ? claimed : journal.forced();
    long limit = Math.min(remains.size(), journal.version().total().orElse(Long.MAX_VALUE));
    ByteRanges done = safe.before(limit);
    if (done.bytes() == 0) {
      return new Fresh(remains.size(), "nothing of it is known to be on the device", true);
    }
    boolean sizeTells = trustSize && journal.version().total().isPresent();
    boolean provable = journal.version().ifRange().isPresent() || hashed || sizeTells;
    if (!provable && journal.adopted().isEmpty()) {
      return new Fresh(
          remains.size(), "nothing would prove that the remote file is the same", true);
    }
    return new Continue(journal, withoutLastByte(done, journal));
  }

  /**
   * A file that has all its bytes asks for the last one again, so that the server proves the whole.
   */
  private static ByteRanges withoutLastByte(ByteRanges done, JournalState journal) {
    long total = journal.version().total().orElse(Long.MAX_VALUE);
    return done.bytes() == total ? done.before(total - 1) : done;
  }
}
