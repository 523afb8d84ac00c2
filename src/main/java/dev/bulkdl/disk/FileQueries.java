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
 * Questions to the file system, which are asked without an exception inside of the JDK where that
 * can be: one costs as much again. A file system that does not answer has not said no, unlike with
 * {@link Files#exists}.
 */
final class FileQueries {

  private FileQueries() {}

  /**
   * What a path leads to, links followed; empty where there is nothing, or a link that leads
   * nowhere.
   */
  static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    return Optional.ofNullable(
        file.getFileSystem().provider().readAttributesIfExists(file, BasicFileAttributes.class));
  }

  /** What has this name, even a link that leads nowhere; empty where there is nothing. */
  static Optional<BasicFileAttributes> named(Path file) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** What has this name, where it is a file, and no link to one. */
  static Optional<BasicFileAttributes> file(Path file) throws IOException {
    return named(file).filter(BasicFileAttributes::isRegularFile);
  }

  /** Whether there is nothing else in a folder; false also where it cannot be read. */
  static boolean holdsOnly(Path folder, Set<Path> known) {
    try (Stream<Path> there = Files.list(folder)) {
      return there.allMatch(known::contains);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** Makes a folder, and those above it, where they are missing. */
  static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }
}
