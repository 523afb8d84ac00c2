package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Download;
import java.util.Optional;
import java.util.OptionalLong;

/** The state of one file that its workers share, over all attempts. Thread-safe. */
final class TransferState extends ContentState {

  private final PartFile part;
  private boolean mayReplace;
  private volatile OptionalLong adopted = OptionalLong.empty();

  TransferState(
      Download download,
      Optional<Algorithm> hash,
      PartFile part,
      FileProgress progress,
      Cancellation cancellation) {
    super(download, hash, progress, cancellation);
    this.part = part;
  }

  PartFile part() {
    return part;
  }

  /** The length of the user's own file in bytes, if it is the beginning. */
  OptionalLong adopted() {
    return adopted;
  }

  /** Starts with bytes of an earlier run, or of the user's own file. */
  void resume(long bytes, OptionalLong ofUser) {
    adopted = ofUser;
    resume(bytes);
  }

  /** Whether a file with the final name can be replaced. The file's own thread calls it. */
  boolean mayReplace() {
    return mayReplace;
  }

  void setMayReplace(boolean allowed) {
    mayReplace = allowed;
  }

  @Override
  void loseAll() {
    adopted = OptionalLong.empty();
    super.loseAll();
  }
}
