package dev.bulkdl.testkit.disk;

import dev.bulkdl.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;

/** The real file store, except for the free space, which the hook decides. */
final class DiskStore extends FileStore {

  private final DiskFileSystem system;
  private final Path path;
  private final FileStore real;

  DiskStore(DiskFileSystem system, Path path, FileStore real) {
    this.system = system;
    this.path = path;
    this.real = real;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public String type() {
    return real.type();
  }

  @Override
  public boolean isReadOnly() {
    return real.isReadOnly();
  }

  @Override
  public long getTotalSpace() throws IOException {
    return real.getTotalSpace();
  }

  @Override
  public long getUsableSpace() throws IOException {
    system.hook().before(Operation.of(Kind.SPACE, path));
    return system.hook().usableSpace(real.getUsableSpace());
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return real.getUnallocatedSpace();
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return real.supportsFileAttributeView(type);
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return real.supportsFileAttributeView(name);
  }

  @Override
  public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
    return real.getFileStoreAttributeView(type);
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return real.getAttribute(attribute);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DiskStore store && real.equals(store.real);
  }

  @Override
  public int hashCode() {
    return real.hashCode();
  }
}
