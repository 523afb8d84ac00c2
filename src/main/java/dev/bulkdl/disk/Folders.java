package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Questions to folders whose usual answer raises no exception inside of the JDK: those cost more.
 */
final class Folders {

  private Folders() {}

  /** What a path leads to, links followed; empty where there is nothing. */
  static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    return Optional.ofNullable(
        file.getFileSystem().provider().readAttributesIfExists(file, BasicFileAttributes.class));
  }

  /** Makes a folder, and those above it, where they are missing. */
  static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }
}
