package dev.bulkdl.manifest;

import dev.bulkdl.text.IoText;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Rows of a manifest in a private temporary file, which {@link #close} deletes. They are read in
 * any order. In memory each needs 8 bytes. Not thread-safe.
 */
public final class RowStore implements AutoCloseable {

  private static final int BUFFER_SIZE = 64 * 1024;

  private final RowReader reader;
  private final Path path;
  private final OutputStream out;
  private final RandomAccessFile in;
  private long[] ends = new long[1024];
  private int size;

  private RowStore(RowReader reader, Path path) throws IOException {
    this.reader = reader;
    this.path = path;
    this.in = new RandomAccessFile(path.toFile(), "r"); // an interrupt would close a channel
    this.out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_SIZE);
  }

  static RowStore create(String displayName, RowReader reader) {
    Path path =
        ManifestSource.temporaryFile(
            "the rows of " + displayName + " are", "leave out --order and the column priority");
    try {
      return new RowStore(reader, path);
    } catch (IOException e) {
      ManifestSource.deleteQuietly(path);
      throw failed(e);
    }
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  /**
   * Adds a row.
   *
   * @throws ManifestException when the temporary file cannot be written
   */
  public void add(ManifestRow.Good row) {
    try {
      byte[] bytes = bytes(row.line(), row.columns().values());
      out.write(bytes);
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, Math.multiplyExact(size, 2));
      }
      ends[size] = start(size) + bytes.length;
      size++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Ends the writing. Call it before the first {@link #get}.
   *
   * @throws ManifestException when the temporary file cannot be written
   */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Returns a row.
   *
   * @param index its number, from 0
   * @throws ManifestException when the temporary file cannot be read
   */
  public ManifestRow get(int index) {
    try {
      byte[] bytes = new byte[Math.toIntExact(ends[index] - start(index))];
      in.seek(start(index));
      in.readFully(bytes);
      return row(bytes);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private long start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  private static byte[] bytes(long line, Collection<String> cells) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeLong(line);
    data.writeInt(cells.size());
    for (String cell : cells) {
      byte[] text = cell.getBytes(StandardCharsets.UTF_8);
      data.writeInt(text.length);
      data.write(text);
    }
    return bytes.toByteArray();
  }

  private ManifestRow row(byte[] bytes) throws IOException {
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
    long line = data.readLong();
    int count = data.readInt();
    List<String> cells = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      cells.add(new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8));
    }
    return reader.read(line, cells);
  }

  private static ManifestException failed(IOException e) {
    return new ManifestException(0, "the temporary folder cannot be used: " + IoText.reason(e), e);
  }

  @Override
  public void close() {
    try (in;
        out) {
      ManifestSource.deleteQuietly(path);
    } catch (IOException e) {
      // The file is deleted, so nothing of it is needed.
    }
  }
}
