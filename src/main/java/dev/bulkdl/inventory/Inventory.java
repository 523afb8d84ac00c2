package dev.bulkdl.inventory;

import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.LineWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inventory of an output folder, in the file {@code inventory.tsv} of its folder {@code
 * .bulkdl}. Entries are only appended, and the newest entry of a name counts. So a kill loses at
 * most the entries that are being written, and a torn line harms no other.
 *
 * <p>Nothing is opened or read before it is needed: the first {@link #note} opens the file for
 * appending, the first {@link #find} reads it. {@code get} can append while a run does, because
 * whole lines are appended by one write. Thread-safe.
 */
public final class Inventory implements AutoCloseable {

  /** The file's name in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = "inventory.tsv";

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable LineWriter lines;
  private Optional<IOException> failure = Optional.empty();
  private boolean indexed;
  private boolean closed;
  private Optional<InventoryIndex> index = Optional.empty();

  /**
   * @param ownFolder the folder {@code .bulkdl}; it need not exist for reading
   */
  public Inventory(Path ownFolder) {
    this.file = ownFolder.resolve(FILE_NAME);
  }

  /** Returns true if the folder has an inventory. */
  public boolean exists() {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Returns the entry that earlier runs noted last for this name. If the file cannot be read, it
   * has no entries, and {@link #failure} tells why.
   */
  public Optional<InventoryEntry> find(TargetName name) {
    try {
      Optional<InventoryIndex> known = index();
      return known.isPresent() ? known.get().find(name) : Optional.empty();
    } catch (IOException e) {
      fail(e);
      return Optional.empty();
    }
  }

  private void fail(IOException cause) {
    lock.lock();
    try {
      failure = failure.or(() -> Optional.of(cause));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Passes the newest entry of each name to the consumer, in the order in which they were noted.
   *
   * @throws IOException if the file exists and cannot be read
   */
  public void forEach(Consumer<InventoryEntry> consumer) throws IOException {
    Optional<InventoryIndex> known = index();
    if (known.isPresent()) {
      known.get().forEach(consumer);
    }
  }

  private Optional<InventoryIndex> index() throws IOException {
    lock.lock();
    try {
      if (!indexed && !closed) {
        indexed = true;
        index = exists() ? Optional.of(InventoryIndex.of(file)) : Optional.empty();
      }
      return index;
    } finally {
      lock.unlock();
    }
  }

  /** Appends an entry. After a {@link #failure} nothing more is appended. */
  public void note(InventoryEntry entry) {
    LineWriter out = appending();
    if (out != null) {
      out.write(InventoryLine.of(entry));
    }
  }

  private @Nullable LineWriter appending() {
    LineWriter open = lines;
    if (open != null) {
      return open;
    }
    lock.lock();
    try {
      if (lines == null && failure.isEmpty() && !closed) {
        lines = new LineWriter(new WholeBatches(openForAppend()));
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } finally {
      lock.unlock();
    }
    return lines;
  }

  /** Opens the file behind its last complete line: a killed run can leave a torn one. */
  private FileChannel openForAppend() throws IOException {
    FileChannel opened =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
    try {
      long size = opened.size();
      if (size == 0) {
        write(opened, InventoryLine.HEADER + "\n");
      } else if (lastByte(size) != '\n') {
        write(opened, "\n");
      }
      return opened;
    } catch (IOException e) {
      try (opened) {
        throw e;
      }
    }
  }

  private static void write(FileChannel to, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private byte lastByte(long size) throws IOException {
    try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      reading.read(last, size - 1);
      return last.get(0);
    }
  }

  /** The first failure of an append, if any. Final only after {@link #close}. */
  public Optional<IOException> failure() {
    lock.lock();
    try {
      LineWriter out = lines;
      return failure.or(() -> out == null ? Optional.empty() : out.failure());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes and syncs what was noted, and closes the file. Later entries are ignored, and later
   * questions are answered from what was read before.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      LineWriter out = lines;
      if (out != null && out.close()) {
        sync();
      }
      if (index.isPresent()) {
        index.get().close();
      }
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
    } finally {
      lock.unlock();
    }
  }

  private void sync() throws IOException {
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(false);
    }
  }
}
