package dev.bulkdl.testkit.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;

/** A path of the default file system that belongs to another file system. */
record DiskPath(DiskFileSystem system, Path real) implements Path {

  static Path real(Path path) {
    if (path instanceof DiskPath here) {
      return here.system.found(here.real);
    }
    throw new ProviderMismatchException("of the default file system: " + path);
  }

  private Path here(Path other) {
    return new DiskPath(system, other);
  }

  private Path orNull(Path other) {
    return Optional.ofNullable(other).map(this::here).orElse(null);
  }

  @Override
  public FileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return real.isAbsolute();
  }

  @Override
  public Path getRoot() {
    return orNull(real.getRoot());
  }

  @Override
  public Path getFileName() {
    return orNull(real.getFileName());
  }

  @Override
  public Path getParent() {
    return orNull(real.getParent());
  }

  @Override
  public int getNameCount() {
    return real.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return here(real.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return here(real.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof DiskPath path && real.startsWith(path.real);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof DiskPath path && real.endsWith(path.real);
  }

  @Override
  public Path normalize() {
    return here(real.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return here(real.resolve(real(other)));
  }

  @Override
  public Path relativize(Path other) {
    return here(real.relativize(real(other)));
  }

  @Override
  public URI toUri() {
    return real.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return here(real.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    Operation operation = Operation.of(Operation.Kind.ATTRIBUTES, real);
    system.hook().before(operation);
    return here(real.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return real.compareTo(real(other));
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
