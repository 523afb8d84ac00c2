package dev.bulkdl.serve.job;

import dev.bulkdl.disk.LetterCase;
import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.plan.ManifestCheck;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Takes manifests from users: keeps their bytes and checks their rows. Large ones, and small ones
 * that unpack to large ones, are refused before they are read.
 *
 * @param mostBytes of an upload, and of what it unpacks to twice as much
 */
record Uploads(long mostBytes, long mostRows) {

  private static final int BUFFER = 64 * 1024;
  private static final String FIELD = "manifest";

  /** A manifest that was read to its end. */
  record Read(Manifest manifest, ManifestCheck check) implements AutoCloseable {

    List<RowError> errors() {
      return check.errors().stream().map(RowError::of).toList();
    }

    @Override
    public void close() {
      manifest.close();
    }
  }

  /**
   * Keeps the bytes of an upload in a file, which is on disk then.
   *
   * @throws InvalidJobException when they are too many
   */
  void save(ManifestUpload upload, Path file) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      switch (upload) {
        case ManifestUpload.Stream stream -> copy(stream.content(), out);
        case ManifestUpload.Text text ->
            copy(new ByteArrayInputStream(text.text().getBytes(StandardCharsets.UTF_8)), out);
      }
      out.getFD().sync();
    }
    checkUnpacked(file);
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      size += read;
      if (size > mostBytes) {
        throw new InvalidJobException(
            FIELD, "has more than " + mostBytes + " bytes; split it into several jobs");
      }
      out.write(buffer, 0, read);
    }
  }

  private void checkUnpacked(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream text = unpacked(file, raw)) {
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      long lines = 0;
      for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
        size += read;
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        if (size > 2 * mostBytes || lines > 2 * mostRows) {
          throw new InvalidJobException(FIELD, "is too long; split it into several jobs");
        }
      }
    } catch (ZipException | EOFException e) {
      // The manifest's own check says what is wrong, and where.
    }
  }

  private static InputStream unpacked(Path file, InputStream raw) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(2);
    }
    boolean zipped = first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
    return zipped ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  /**
   * Reads a kept manifest to its end.
   *
   * @param folder where its files go
   * @throws ManifestException when it cannot be read at all
   */
  Read read(Path file, Path folder) {
    Manifest manifest = Manifest.open(file.toString(), InputStream.nullInputStream());
    try {
      ManifestCheck check = ManifestCheck.of(manifest, LetterCase.isIgnored(folder, false));
      if (check.rowCount() > mostRows) {
        throw new InvalidJobException(
            FIELD, "has more than " + mostRows + " rows; split it into several jobs");
      }
      return new Read(manifest, check);
    } catch (RuntimeException e) {
      manifest.close();
      throw e;
    }
  }
}
