package dev.bulkdl.testkit.disk;

import dev.bulkdl.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Passes each call to the default provider, and calls the hook before and after it. */
final class DiskProvider extends FileSystemProvider {

  private final DiskFileSystem system;

  DiskProvider(DiskFileSystem system) {
    this.system = system;
  }

  /** A call to the default provider. */
  @FunctionalInterface
  private interface Call<T> {
    T run(Path real) throws IOException;
  }

  private <T> T perform(Kind kind, Path path, Call<T> call) throws IOException {
    Path real = DiskPath.real(path);
    return perform(Operation.of(kind, real), () -> call.run(real));
  }

  private <T> T perform(Operation operation, DiskChannel.Call<T> call) throws IOException {
    system.hook().before(operation);
    T result = call.run();
    system.hook().after(operation);
    return result;
  }

  @Override
  public String getScheme() {
    return "disk";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    return system.of(Path.of(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean creates =
        options.contains(StandardOpenOption.CREATE_NEW)
            || (options.contains(StandardOpenOption.CREATE)
                && !Files.exists(DiskPath.real(path), LinkOption.NOFOLLOW_LINKS));
    return perform(
        creates ? Kind.CREATE : Kind.OPEN,
        path,
        real -> new DiskChannel(system, real, FileChannel.open(real, options, attributes)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = perform(Kind.LIST, folder, Files::newDirectoryStream)) {
      for (Path path : all) {
        if (filter.accept(system.of(path))) {
          found.add(system.of(path));
        }
      }
    }
    return new Listing(found);
  }

  private record Listing(List<Path> paths) implements DirectoryStream<Path> {
    @Override
    public Iterator<Path> iterator() {
      return Collections.unmodifiableList(paths).iterator();
    }

    @Override
    public void close() {}
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    perform(Kind.CREATE_FOLDER, folder, real -> Files.createDirectory(real, attributes));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    Path from = DiskPath.real(existing);
    Path to = DiskPath.real(link);
    perform(Operation.between(Kind.LINK, from, to), () -> Files.createLink(to, from));
  }

  @Override
  public void delete(Path path) throws IOException {
    perform(
        Kind.DELETE,
        path,
        real -> {
          Files.delete(real);
          return real;
        });
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Path from = DiskPath.real(source);
    Path to = DiskPath.real(target);
    perform(Operation.between(Kind.MOVE, from, to), () -> Files.move(from, to, options));
    system.open().forEach(channel -> channel.moved(from, to));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return perform(Kind.ATTRIBUTES, path, real -> Files.isSameFile(real, DiskPath.real(other)));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return perform(Kind.ATTRIBUTES, path, Files::isHidden);
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return perform(
        Kind.ATTRIBUTES, path, real -> new DiskStore(system, real, Files.getFileStore(real)));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    perform(
        Kind.ATTRIBUTES,
        path,
        real -> {
          real.getFileSystem().provider().checkAccess(real, modes);
          return real;
        });
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(DiskPath.real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return perform(Kind.ATTRIBUTES, path, real -> Files.readAttributes(real, type, options));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return perform(Kind.ATTRIBUTES, path, real -> Files.readAttributes(real, attributes, options));
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    perform(Kind.SET_ATTRIBUTE, path, real -> Files.setAttribute(real, attribute, value, options));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return perform(Kind.ATTRIBUTES, link, real -> system.of(Files.readSymbolicLink(real)));
  }
}
