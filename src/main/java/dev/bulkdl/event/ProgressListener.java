package dev.bulkdl.event;

/**
 * A listener that also receives samples of the byte counters. A run without such a listener samples
 * nothing.
 */
public interface ProgressListener extends TransferListener {

  /** One thread calls this a few times a second, and once more after the last file has ended. */
  void onProgress(RunProgress progress);
}
