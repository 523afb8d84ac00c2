package dev.bulkdl.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the complete lines of a file, one after another. A torn last line is left out. */
final class LineScan {

  private static final int CHUNK = 1 << 16;

  /** Longer lines are not ours. They are cut, and then they are no entries. */
  private static final int LONGEST = 1 << 20;

  private final LineConsumer consumer;
  private byte[] line = new byte[1 << 10];
  private int length;
  private long start;
  private long position;

  private LineScan(LineConsumer consumer) {
    this.consumer = consumer;
  }

  /** Receives the lines. */
  @FunctionalInterface
  interface LineConsumer {

    /**
     * Takes one line.
     *
     * @param offset the offset of the line's first byte in the file
     * @param bytes holds the line; it is reused after this call
     * @param length the length of the line in bytes, without its line end
     */
    void accept(long offset, byte[] bytes, int length) throws IOException;
  }

  static void of(Path file, LineConsumer consumer) throws IOException {
    LineScan scan = new LineScan(consumer);
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        scan.take(chunk, count);
      }
    }
  }

  private void take(byte[] chunk, int count) throws IOException {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        add(chunk, from, i);
        consumer.accept(start, line, length);
        from = i + 1;
        start = position + from;
        length = 0;
      }
    }
    add(chunk, from, count);
    position += count;
  }

  private void add(byte[] chunk, int from, int to) {
    int added = Math.min(to - from, LONGEST - length);
    if (length + added > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + added));
    }
    System.arraycopy(chunk, from, line, length, added);
    length += added;
  }
}
