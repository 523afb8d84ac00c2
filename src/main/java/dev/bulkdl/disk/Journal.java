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

/** The journal file beside a partial file. Facts are appended to it as lines. Thread-safe. */
final class Journal implements AutoCloseable {

  /**
   * The largest journal that is read, in bytes. No run writes a larger one, so such a file is not
   * ours.
   */
  private static final long LARGEST = 64L << 20;

  /** The suffix of a new journal before it replaces the old one. */
  static final String FRESH = "~";

  private final FileChannel channel;
  private final ReentrantLock lock = new ReentrantLock();

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Reads a journal up to its first damaged line; empty if the file is missing, too large or not a
   * journal.
   */
  static Optional<JournalState> load(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
      return Optional.empty();
    }
    return JournalText.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /**
   * Returns true if the file is a journal. A file of zero bytes only (after a power loss), or an
   * empty one, counts as one.
   */
  static boolean isJournal(Path file) throws IOException {
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

  /**
   * Writes a new journal and renames it over the old one, so that one of the two always exists.
   * Returns the new one, open for appending.
   */
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

  /**
   * Appends that the file is split: from here on the noted ranges count, not the partial file's
   * size.
   *
   * @param before the ranges that are written already
   */
  void split(ByteRanges before) throws IOException {
    StringBuilder lines = new StringBuilder();
    before.list().forEach(span -> lines.append(JournalText.done(span)));
    append(lines.append(JournalText.split()).toString());
  }

  /** Appends that a range was written. */
  void done(ByteRanges.Span span) throws IOException {
    append(JournalText.done(span));
  }

  /** Appends that ranges are synced, and syncs the journal itself (fdatasync). */
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
