package dev.bulkdl.manifest;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a manifest in a file that stays. Each is found by the position that {@link Writer#add}
 * has returned. The file begins with the names of the columns, so it needs no manifest.
 */
public final class RowFile {

  private static final int MAGIC = 0x62647231;
  private static final int BUFFER_SIZE = 64 * 1024;

  private RowFile() {}

  /** Adds rows. Not thread-safe. */
  public static final class Writer implements AutoCloseable {

    private final FileOutputStream file;
    private final BufferedOutputStream out;
    private final List<String> header;
    private long position;

    private Writer(Path path, List<String> header, long position) throws IOException {
      this.file = new FileOutputStream(path.toFile(), position > 0);
      this.out = new BufferedOutputStream(file, BUFFER_SIZE);
      this.header = header;
      this.position = position;
    }

    /**
     * Creates a file for rows with these columns.
     *
     * @param header the names of {@link Manifest#header()}
     */
    public static Writer create(Path path, List<String> header) throws IOException {
      Writer writer = new Writer(path, List.copyOf(header), 0);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream data = new DataOutputStream(bytes);
      data.writeInt(MAGIC);
      writeCells(data, header);
      writer.append(bytes.toByteArray());
      return writer;
    }

    /** Opens an existing file to add rows behind its last one. */
    public static Writer append(Path path) throws IOException {
      try (Reader reader = Reader.open(path)) {
        return new Writer(path, reader.header, reader.in.length());
      }
    }

    /** Adds a row and returns its position. */
    public long add(ManifestRow.Good row) throws IOException {
      return add(row.line(), new ArrayList<>(row.columns().values()));
    }

    /**
     * Adds a row with a name and a URL; its other cells are empty.
     *
     * @param line where it was written, for messages
     */
    public long add(long line, String name, String url) throws IOException {
      Map<Column, Integer> positions = layout(header).positions();
      List<String> cells = new ArrayList<>(Collections.nCopies(header.size(), ""));
      Optional.ofNullable(positions.get(Column.FILENAME)).ifPresent(at -> cells.set(at, name));
      Optional.ofNullable(positions.get(Column.URL)).ifPresent(at -> cells.set(at, url));
      return add(line, cells);
    }

    private long add(long line, List<String> cells) throws IOException {
      long start = position;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      DataOutputStream data = new DataOutputStream(bytes);
      data.writeLong(line);
      writeCells(data, cells);
      append(bytes.toByteArray());
      return start;
    }

    private void append(byte[] bytes) throws IOException {
      out.write(bytes.length >>> 24);
      out.write(bytes.length >>> 16);
      out.write(bytes.length >>> 8);
      out.write(bytes.length);
      out.write(bytes);
      position += Integer.BYTES + bytes.length;
    }

    /** Returns when all rows are on disk. */
    public void force() throws IOException {
      out.flush();
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads rows in any order. Not thread-safe. */
  public static final class Reader implements AutoCloseable {

    private final RandomAccessFile in; // an interrupt would close a channel
    private final List<String> header;
    private final RowReader rows;

    private Reader(RandomAccessFile in) throws IOException {
      this.in = in;
      DataInputStream first = record(0);
      if (first.readInt() != MAGIC) {
        throw new IOException("this is no file of rows");
      }
      this.header = List.copyOf(readCells(first));
      this.rows = new RowReader(layout(header));
    }

    public static Reader open(Path path) throws IOException {
      RandomAccessFile in = new RandomAccessFile(path.toFile(), "r");
      try {
        return new Reader(in);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    }

    /** Returns the names of the columns. */
    public List<String> header() {
      return header;
    }

    /** Returns the row at a position. */
    public ManifestRow get(long position) throws IOException {
      DataInputStream data = record(position);
      return rows.read(data.readLong(), readCells(data));
    }

    private DataInputStream record(long position) throws IOException {
      in.seek(position);
      byte[] prefix = new byte[Integer.BYTES];
      in.readFully(prefix);
      int length = ByteBuffer.wrap(prefix).getInt();
      if (length < 0 || length > in.length() - position) {
        throw new EOFException("the file of rows is damaged");
      }
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static ColumnLayout layout(List<String> header) {
    return ColumnLayout.of(new CsvRecord.Whole(1, header), Optional.empty());
  }

  private static void writeCells(DataOutputStream data, List<String> cells) throws IOException {
    data.writeInt(cells.size());
    for (String cell : cells) {
      byte[] text = cell.getBytes(StandardCharsets.UTF_8);
      data.writeInt(text.length);
      data.write(text);
    }
  }

  private static List<String> readCells(DataInputStream data) throws IOException {
    int count = data.readInt();
    List<String> cells = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      cells.add(new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8));
    }
    return cells;
  }
}
