package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The partial files without a journal. After a kill, the registry tells them apart from the user's
 * files with such a name. A journal for each of them would cost more than many of these files take
 * to download.
 *
 * <p>The registry is a file with lines of one length. Each line holds the hash of a partial file's
 * path, or blanks if the line is free. Thread-safe.
 */
final class PartRegistry implements AutoCloseable {

  private static final int HASH = 64;
  private static final int LINE = HASH + 1;
  private static final String BLANK = " ".repeat(HASH);

  /**
   * The largest registry that is read, in bytes. No run writes a larger one, so such a file is not
   * ours.
   */
  private static final long LARGEST = 64L << 20;

  private final Path path;
  private final Optional<FileChannel> file;

  /** The line numbers of earlier runs, by hash. */
  private final Map<String, Integer> found = new ConcurrentHashMap<>();

  /**
   * The line numbers of this run, by path: they are looked up often, and a hash for each lookup
   * would be slow.
   */
  private final Map<Path, Integer> added = new ConcurrentHashMap<>();

  private final Queue<Integer> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  private PartRegistry(Path path, String text, Optional<FileChannel> file) {
    this.path = path;
    this.file = file;
    for (int at = 0; at + LINE <= text.length(); at += LINE) {
      String line = text.substring(at, at + HASH);
      int number = count.getAndIncrement();
      if (line.isBlank() || found.putIfAbsent(line, number) != null) {
        free.add(number);
      }
    }
  }

  /** Opens a registry for reading and writing. */
  static PartRegistry open(Path file) throws IOException {
    String text = read(file);
    return new PartRegistry(
        file,
        text,
        Optional.of(
            FileChannel.open(
                file,
                Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS))));
  }

  /** Reads a registry without changing the file. What is added is known to this run only. */
  static PartRegistry openReadOnly(Path file) throws IOException {
    return new PartRegistry(file, read(file), Optional.empty());
  }

  private static String read(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST
        ? Files.readString(file, StandardCharsets.ISO_8859_1)
        : "";
  }

  boolean contains(Path part) {
    return added.containsKey(part) || (!found.isEmpty() && found.containsKey(hash(part)));
  }

  /** Call it before the file is created. */
  void add(Path part) throws IOException {
    if (contains(part)) {
      return;
    }
    Integer unused = free.poll();
    int number = unused == null ? count.getAndIncrement() : unused;
    write(number, hash(part));
    added.put(part, number);
  }

  /** Call it when the file no longer exists. */
  void remove(Path part) throws IOException {
    Integer number = added.remove(part);
    if (number == null && !found.isEmpty()) {
      number = found.remove(hash(part));
    }
    if (number != null) {
      write(number, BLANK);
      free.add(number);
    }
  }

  /** Returns true if the next run can read what is added now. */
  boolean isKept() {
    return file.isPresent();
  }

  private void write(int number, String line) throws IOException {
    if (file.isEmpty()) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    long at = (long) number * LINE;
    while (bytes.hasRemaining()) {
      at += file.get().write(bytes, at);
    }
  }

  private static String hash(Path part) {
    return Digests.sha256(part.toString());
  }

  /** Deletes the registry file if it is empty. */
  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
      if (added.isEmpty() && found.isEmpty()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
