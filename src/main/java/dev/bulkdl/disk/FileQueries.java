package dev.bulkdl.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Queries of the file system. They avoid exceptions inside the JDK if possible, because an
 * exception costs as much as the query itself. Unlike {@link Files#exists}, they throw if the file
 * system does not answer.
 */
final class FileQueries {

  private FileQueries() {}

  /**
   * Returns the attributes of a path, with links followed; empty if nothing is there or the link is
   * dangling.
   */
  static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    return Optional.ofNullable(
        file.getFileSystem().provider().readAttributesIfExists(file, BasicFileAttributes.class));
  }

  /** Returns the attributes of a name, with links not followed; empty if nothing has it. */
  static Optional<BasicFileAttributes> named(Path file) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Returns the attributes of a regular file; empty for anything else, links included. */
  static Optional<BasicFileAttributes> file(Path file) throws IOException {
    return named(file).filter(BasicFileAttributes::isRegularFile);
  }

  /** Returns true if the folder contains no other entries; false if it cannot be read. */
  static boolean holdsOnly(Path folder, Set<Path> known) {
    try (Stream<Path> there = Files.list(folder)) {
      return there.allMatch(known::contains);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** Creates a folder and its parents if they are missing. */
  static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }
}
