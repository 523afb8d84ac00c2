package dev.bulkdl.manifest;

import dev.bulkdl.text.IoText;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a manifest, which can be read any number of times. Standard input and pipes can be
 * read only once, so their content is copied to a private temporary file, which {@link #close}
 * deletes. Not thread-safe.
 */
final class ManifestSource implements AutoCloseable {

  private static final int BUFFER_SIZE = 64 * 1024;

  private final String displayName;
  private final Path file;
  private final boolean temporary;
  private final Version version;

  private ManifestSource(String displayName, Path file, boolean temporary) throws IOException {
    this.displayName = displayName;
    this.file = file;
    this.temporary = temporary;
    this.version = Version.of(file);
  }

  /**
   * @param location a path, or {@code -} for standard input
   * @throws ManifestException when the file does not exist or cannot be read
   */
  static ManifestSource of(String location, InputStream standardInput) {
    try {
      if (location.equals("-")) {
        return spooled("standard input", standardInput);
      }
      Path path = Path.of(location);
      if (Files.isDirectory(path)) {
        throw new ManifestException(0, "this is a folder; give the manifest file that lies in it");
      }
      if (Files.isRegularFile(path)) {
        return new ManifestSource(location, path, false);
      }
      try (InputStream once = Files.newInputStream(path)) {
        return spooled(location, once);
      }
    } catch (InvalidPathException e) {
      throw new ManifestException(0, "this is not a valid file name", e);
    } catch (IOException e) {
      throw cannotOpen(location, e);
    }
  }

  /** Returns the name to show to the user. */
  String displayName() {
    return displayName;
  }

  /** Returns the file that holds the bytes. */
  Path file() {
    return file;
  }

  /**
   * Opens the bytes and decompresses them if they are compressed by gzip.
   *
   * @throws ManifestException when the bytes cannot be read, are of a known kind other than UTF-8
   *     text, or have changed after the first read
   */
  InputStream open() {
    try {
      if (!temporary && !version.isSameAs(Version.of(file))) {
        throw new ManifestException(0, "the file has changed while it was being read; start again");
      }
      return checked(Files.newInputStream(file));
    } catch (IOException e) {
      throw cannotOpen(displayName, e);
    }
  }

  @Override
  public void close() {
    if (temporary) {
      deleteQuietly(file);
    }
  }

  private static ManifestSource spooled(String displayName, InputStream once) throws IOException {
    Path copy = temporaryFile(displayName + " is", "give the manifest as a file");
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        once.transferTo(out);
      }
      return new ManifestSource(displayName, copy, true);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(copy);
      throw e;
    }
  }

  /**
   * Creates a private temporary file.
   *
   * @param what what is kept in it, with its verb
   * @param wayOut how the user can do without it
   */
  static Path temporaryFile(String what, String wayOut) {
    try {
      return Files.createTempFile("bulkdl-manifest-", null);
    } catch (IOException e) {
      throw new ManifestException(
          0,
          "%s kept in the temporary folder %s, which cannot be written; %s, or start java with"
              .concat(" -Djava.io.tmpdir=DIR")
              .formatted(what, System.getProperty("java.io.tmpdir"), wayOut),
          e);
    }
  }

  private static InputStream checked(InputStream raw) throws IOException {
    try {
      InputStream text = new BufferedInputStream(raw, BUFFER_SIZE);
      if (kindOf(text).equals(Optional.of(TextKind.GZIP))) {
        text = new BufferedInputStream(new GZIPInputStream(text, BUFFER_SIZE), BUFFER_SIZE);
      }
      Optional<TextKind> other = kindOf(text);
      if (other.isPresent()) {
        throw new ManifestException(
            0, "the manifest is " + other.get().description() + "; " + other.get().advice());
      }
      return text;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static Optional<TextKind> kindOf(InputStream text) throws IOException {
    text.mark(TextKind.BYTES);
    byte[] first = text.readNBytes(TextKind.BYTES);
    text.reset();
    return TextKind.of(first);
  }

  private static ManifestException cannotOpen(String location, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException gone -> noSuchFile(location);
          case FileNotFoundException gone -> noSuchFile(location);
          case AccessDeniedException denied -> "no permission to read it";
          case EOFException damaged -> Utf8Lines.DAMAGED_GZIP;
          case ZipException damaged -> Utf8Lines.DAMAGED_GZIP;
          default -> "cannot be read: " + IoText.reason(e);
        };
    return new ManifestException(0, reason, e);
  }

  private static String noSuchFile(String location) {
    return location.matches("(?i)https?://.*")
        ? "a list of files is needed here, and this is a URL; to fetch one URL, use: get URL"
        : "there is no such file";
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The copy lies in the system's temporary folder. The system clears this folder from time to
      // time.
    }
  }

  /** The attributes that show a change of the file. */
  private record Version(long size, FileTime modified) {

    static Version of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(attributes.size(), attributes.lastModifiedTime());
    }

    boolean isSameAs(Version other) {
      return size == other.size && modified.equals(other.modified);
    }
  }
}
