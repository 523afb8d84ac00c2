package dev.bulkdl.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A new temporary folder, deleted with all its content when closed. */
record Scratch(Path path) implements AutoCloseable {

  private static final String PREFIX = ".bulkdl-bench-";

  static Scratch in(Path parent) throws IOException {
    return new Scratch(Files.createTempDirectory(parent, PREFIX));
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(path, new Deleting());
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
