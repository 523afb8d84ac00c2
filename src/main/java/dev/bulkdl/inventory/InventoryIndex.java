package dev.bulkdl.inventory;

import dev.bulkdl.model.TargetName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the newest entry of each name in the file as it was when the index was built. It keeps 16
 * bytes for each slot, not the entries. A hash of 64 bits tells names apart. If two names had the
 * same hash, only the one noted last would be found. Thread-safe.
 */
final class InventoryIndex implements AutoCloseable {

  private static final int LONGEST_LINE = 1 << 20;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final Path file;
  private final OffsetTable newest = new OffsetTable();
  private final FileChannel channel;

  private InventoryIndex(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads the whole file once. */
  static InventoryIndex of(Path file) throws IOException {
    InventoryIndex index = new InventoryIndex(file);
    try {
      LineScan.of(
          file,
          (offset, line, length) -> index.newest.put(key(line, nameEnd(line, length)), offset));
      return index;
    } catch (IOException e) {
      try (index) {
        throw e;
      }
    }
  }

  private static int nameEnd(byte[] line, int length) {
    int end = 0;
    while (end < length && line[end] != '\t') {
      end++;
    }
    return end;
  }

  /** Hashes by FNV-1a and spreads the bits, because the table takes the lowest ones. */
  private static long key(byte[] name, int length) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ (name[i] & 0xff)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  /** Returns the newest entry of this name. */
  Optional<InventoryEntry> find(TargetName name) throws IOException {
    byte[] bytes = InventoryLine.escaped(name.value()).getBytes(StandardCharsets.UTF_8);
    long offset = newest.get(key(bytes, bytes.length));
    return offset == OffsetTable.NONE
        ? Optional.empty()
        : InventoryLine.parse(lineAt(offset)).filter(entry -> entry.name().equals(name));
  }

  private String lineAt(long offset) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 10);
    long at = offset;
    while (line.size() < LONGEST_LINE && channel.read(buffer.clear(), at) > 0) {
      buffer.flip();
      at += buffer.remaining();
      while (buffer.hasRemaining()) {
        byte b = buffer.get();
        if (b == '\n') {
          return line.toString(StandardCharsets.UTF_8);
        }
        line.write(b);
      }
    }
    return "";
  }

  /** Passes the newest entry of each name to the consumer, in the order of the file. */
  void forEach(Consumer<InventoryEntry> consumer) throws IOException {
    LineScan.of(
        file,
        (offset, line, length) -> {
          if (newest.get(key(line, nameEnd(line, length))) == offset) {
            InventoryLine.parse(new String(line, 0, length, StandardCharsets.UTF_8))
                .ifPresent(consumer);
          }
        });
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
