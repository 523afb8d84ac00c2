package dev.bulkdl.disk;

import dev.bulkdl.model.ByteRanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file beside a partial file; facts are appended to it. Thread-safe: an append is one write.
 */
final class Journal implements AutoCloseable {

  /** More than this no run writes: such a file is not ours. */
  private static final long LARGEST = 64L << 20;

  /** Behind the name of a journal that is about to replace another. */
  static final String FRESH = "~";

  private final FileChannel channel;
  private final ReentrantLock lock = new ReentrantLock();

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /** What the file says, as far as it can be trusted. */
  static Optional<JournalState> load(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
      return Optional.empty();
    }
    return JournalText.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /** Whether a file is a journal, also one that a loss of power emptied. */
  static boolean isOne(Path file) throws IOException {
    return FileQueries.file(file).isPresent() && (load(file).isPresent() || isBlank(file));
  }

  private static boolean isBlank(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      return false;
    }
    for (byte b : Files.readAllBytes(file)) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Replaces the file at once, so that there is always either the old journal or the new one. */
  static Journal replace(Path file, JournalState state) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + FRESH);
    Files.deleteIfExists(fresh);
    FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    try {
      Journal journal = new Journal(channel);
      journal.append(JournalText.write(state));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return journal;
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  /** From now on the size of the partial file says nothing; these ranges are there. */
  void split(ByteRanges before) throws IOException {
    StringBuilder lines = new StringBuilder();
    before.list().forEach(span -> lines.append(JournalText.done(span)));
    append(lines.append(JournalText.split()).toString());
  }

  /** This range was written. */
  void done(ByteRanges.Span span) throws IOException {
    append(JournalText.done(span));
  }

  /** These ranges are on the device; so is this journal when the call returns. */
  void forced(ByteRanges spans) throws IOException {
    StringBuilder lines = new StringBuilder();
    spans.list().forEach(span -> lines.append(JournalText.forced(span)));
    append(lines.toString());
    channel.force(false);
  }

  private void append(String lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    lock.lock();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
