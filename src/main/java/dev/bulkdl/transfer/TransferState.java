package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.model.Download;
import java.util.OptionalLong;

/** What the workers of one file share for as long as the file is being worked on. Thread-safe. */
final class TransferState extends ContentState {

  private final PartFile part;
  private volatile OptionalLong adopted = OptionalLong.empty();

  TransferState(
      Download download, PartFile part, FileProgress progress, Cancellation cancellation) {
    super(download, progress, cancellation);
    this.part = part;
  }

  PartFile part() {
    return part;
  }

  /** The length of the user's own file, where that is the beginning. */
  OptionalLong adopted() {
    return adopted;
  }

  /** These bytes of an earlier run, or of the user's own file, are built upon. */
  void resume(long bytes, OptionalLong ofUser) {
    adopted = ofUser;
    resume(bytes);
  }

  @Override
  void loseAll() {
    adopted = OptionalLong.empty();
    super.loseAll();
  }
}
