package dev.bulkdl.testkit.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The default file system behind a {@link Hook} that sees each call. All operations on a path from
 * {@link #of} and on paths derived from it use this file system.
 */
public final class DiskFileSystem extends FileSystem {

  private static final FileSystem REAL = FileSystems.getDefault();

  private final Hook hook;
  private final Map<String, Path> others;
  private final Optional<Path> caseless;
  private final DiskProvider provider = new DiskProvider(this);
  private final Set<DiskChannel> open = ConcurrentHashMap.newKeySet();

  public DiskFileSystem(Hook hook) {
    this(hook, Map.of());
  }

  /**
   * @param others files that replace the files with these names, such as a file of {@code /proc}
   */
  public DiskFileSystem(Hook hook, Map<String, Path> others) {
    this(hook, others, Optional.empty());
  }

  private DiskFileSystem(Hook hook, Map<String, Path> others, Optional<Path> caseless) {
    this.hook = hook;
    this.others = Map.copyOf(others);
    this.caseless = caseless;
  }

  /** One that ignores letter case below this folder, as where a stick is mounted. */
  public static DiskFileSystem ignoringCaseBelow(Path folder, Hook hook) {
    return new DiskFileSystem(hook, Map.of(), Optional.of(folder));
  }

  /** The file that a name finds here; the name itself if there is none. */
  Path found(Path real) {
    if (caseless.isEmpty() || !real.startsWith(caseless.get())) {
      return real;
    }
    Path at = caseless.get();
    for (Path name : at.relativize(real)) {
      at = name.toString().isEmpty() ? at : entry(at, name);
    }
    return at;
  }

  private static Path entry(Path folder, Path name) {
    if (!Files.isDirectory(folder)) {
      return folder.resolve(name);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().equalsIgnoreCase(name.toString()))
          .findFirst()
          .orElse(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the same file, seen through this file system. */
  public Path of(Path real) {
    return new DiskPath(this, real);
  }

  /** Returns the open files by their current names. */
  public List<Path> openFiles() {
    return open.stream().map(DiskChannel::path).toList();
  }

  Hook hook() {
    return hook;
  }

  Set<DiskChannel> open() {
    return open;
  }

  @Override
  public Path getPath(String first, String... more) {
    Path real = REAL.getPath(first, more);
    return of(others.getOrDefault(real.toString(), real));
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return REAL.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    Stream<Path> roots = StreamSupport.stream(REAL.getRootDirectories().spliterator(), false);
    return roots.map(this::of).toList();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return REAL.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return REAL.supportedFileAttributeViews();
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher real = REAL.getPathMatcher(pattern);
    return path -> real.matches(DiskPath.real(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return REAL.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    throw new UnsupportedOperationException();
  }
}
