package dev.bulkdl.serve;

import dev.bulkdl.disk.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds a state folder, so that it has one daemon only. The system frees it with the process. */
final class StateLock implements AutoCloseable {

  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the folder for this account only, and takes it.
   *
   * @throws RefusedException if another daemon has it
   */
  static StateLock take(Path state) throws IOException, RefusedException {
    OwnerOnly.createFolder(state);
    FileChannel channel =
        FileChannel.open(
            state.resolve("daemon.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new RefusedException(
          state + " is used by another daemon; stop it, or choose another folder with --state");
    }
    return new StateLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // a daemon in this process has it
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
