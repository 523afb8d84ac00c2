package dev.bulkdl.disk;

import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.FolderInUseException;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.WriteMode;
import dev.bulkdl.text.NameEncoding;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The output folder: taken, while a run has it for itself, or only looked at. Folders below it are
 * made when something is put into them. Thread-safe.
 */
public final class OutputFolder implements AutoCloseable {

  /** A file system with less space than this is taken as full when a write to it fails. */
  private static final long FULL_BELOW = 4L << 20;

  private static final String PARTS = "parts";

  /** Of longer names, in characters, the file system is asked whether it can hold them. */
  private static final int SURELY_POSSIBLE = 64;

  private final Path root;
  private final Path ownFolder;
  private final Optional<Path> partRoot;
  private final Optional<FolderLock> lock;
  private final PartRegistry ownParts;
  private final Leftovers leftovers;
  private final PartChannels content;
  private final AtomicPublish placement;
  private final String boot;
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();

  /**
   * Whether no name directly in this folder needs a look: it was empty when this run took it, and
   * no partial file was left in it since. What others put there meanwhile is met when a file is
   * made, which replaces nothing, or gets its name, which does so only where the user wants it.
   */
  private volatile boolean onlyOurs;

  private OutputFolder(
      Path root,
      Path ownFolder,
      Optional<Path> partRoot,
      Optional<FolderLock> lock,
      PartRegistry ownParts,
      PartChannels content,
      boolean onlyOurs) {
    this.root = root;
    this.ownFolder = ownFolder;
    this.partRoot = partRoot;
    this.lock = lock;
    this.ownParts = ownParts;
    this.leftovers = new Leftovers(ownParts);
    this.content = content;
    this.placement = new AtomicPublish(ownParts, AtomicPublish.MANY);
    this.boot = BootId.id(root.getFileSystem());
    this.onlyOurs = onlyOurs;
  }

  /**
   * Creates the folder where it is missing, and takes it.
   *
   * @throws FolderInUseException when another run has it
   * @throws IOException when it cannot be had
   */
  public static OutputFolder open(DiskSettings settings) throws IOException {
    return open(settings, new DiskResources());
  }

  /**
   * The same, with what other folders share.
   *
   * @throws FolderInUseException when another run has it
   * @throws IOException when it cannot be had
   */
  public static OutputFolder open(DiskSettings settings, DiskResources shared) throws IOException {
    Files.createDirectories(settings.outputDir());
    Path root = settings.outputDir().toRealPath();
    Path own = root.resolve(TargetName.OWN_FOLDER);
    if (Files.isSymbolicLink(own)) {
      throw new IOException(own + " is a symbolic link; remove it, it must be a folder");
    }
    Files.createDirectories(own);
    Optional<Path> partRoot = settings.tempDir().map(temp -> partFolder(temp, root));
    if (partRoot.isPresent()) {
      PrivateFolder.make(partRoot.get());
    }
    FolderLock lock = FolderLock.take(root, own.resolve("lock"));
    try {
      if (settings.writeMode() == WriteMode.DIRECT) {
        DirectIo.check(
            partRoot
                .map(folder -> folder.resolve(TargetName.OWN_FOLDER)) // no file has this name
                .orElse(own.resolve("direct")));
      }
      PartRegistry ownParts = PartRegistry.open(own.resolve(PARTS));
      return new OutputFolder(
          root,
          own,
          partRoot,
          Optional.of(lock),
          ownParts,
          PartChannels.of(settings, shared),
          FileQueries.holdsOnly(root, Set.of(own))
              && partRoot.map(parts -> FileQueries.holdsOnly(parts, Set.of())).orElse(true));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Looks at the folder, which may be missing or belong to a run: nothing is created, taken or
   * changed.
   *
   * @throws IOException when it cannot be looked at
   */
  public static OutputFolder look(DiskSettings settings) throws IOException {
    Path root = futureRealPath(settings.outputDir().toAbsolutePath());
    Path own = root.resolve(TargetName.OWN_FOLDER);
    return new OutputFolder(
        root,
        own,
        settings.tempDir().map(temp -> partFolder(temp, root)),
        Optional.empty(),
        PartRegistry.look(own.resolve(PARTS)),
        PartChannels.of(settings, new DiskResources()),
        false);
  }

  /** The real path that a folder has, or will have when it has been made. */
  private static Path futureRealPath(Path folder) throws IOException {
    Path there = deepestThere(folder);
    return there.toRealPath().resolve(there.relativize(folder));
  }

  /** Several output folders may share a temporary one. */
  private static Path partFolder(Path temp, Path root) {
    Path name = root.getFileName();
    String mark = Digests.sha256(root.toString()).substring(0, 8);
    return temp.toAbsolutePath().resolve((name == null ? "root" : name.toString()) + "-" + mark);
  }

  /** The folder's real path. */
  public Path root() {
    return root;
  }

  /** Where results and logs go. */
  public Path ownFolder() {
    return ownFolder;
  }

  /** A name's place, or why it cannot be had; sealed so that nobody forgets the second. */
  public sealed interface Placed {
    /**
     * The place; its parent folder may be missing.
     *
     * @param existing what has the final name now, links followed
     */
    record At(FilePaths place, Optional<Existing> existing) implements Placed {}

    /** There is none. */
    record Refused(Failure failure) implements Placed {}
  }

  /**
   * Finds a name's place, following no symbolic link out of this folder; nothing is created. Names
   * that lead to one place through links inside of it have that place.
   *
   * @throws NotDirectoryException when a file stands where a folder would have to be
   * @throws IOException when the file system cannot be asked
   */
  public Placed place(TargetName name) throws IOException {
    Path target;
    try {
      target = root.resolve(name.value());
    } catch (InvalidPathException e) {
      return refused(
          NameEncoding.ofProcess()
              .problem(name.value())
              .orElse(
                  "this file system cannot hold the name: " + Redaction.printable(name.value())));
    }
    Path named = FilePaths.folderOf(target);
    boolean taken = lock.isPresent() && named.equals(root);
    Path there = taken ? root : deepestThere(named);
    boolean below = there.startsWith(root) && !there.equals(root);
    Optional<Path> real = below ? realPathInside(there) : Optional.of(there);
    if (real.isEmpty()) {
      return refused("the path goes through a symbolic link that leaves the output folder");
    }
    if ((below || lock.isEmpty()) && !Files.isDirectory(real.get())) {
      throw new NotDirectoryException(there.toString());
    }
    Optional<BasicFileAttributes> found =
        isFree(target) ? Optional.empty() : FileQueries.named(target);
    if (found.isPresent() && found.get().isSymbolicLink()) {
      if (realPathInside(target).isEmpty()) {
        return refused("the name is a symbolic link that leaves the output folder");
      }
      found = FileQueries.attributes(target);
    }
    Path folder = real.get().resolve(there.relativize(named));
    Path partFolder = partRoot.map(parts -> parts.resolve(root.relativize(folder))).orElse(folder);
    FilePaths place = FilePaths.of(folder.resolve(target.getFileName()), partFolder);
    return new Placed.At(
        place, found.isEmpty() ? Optional.empty() : Optional.of(existing(place, found.get())));
  }

  private Existing existing(FilePaths place, BasicFileAttributes found) throws IOException {
    boolean unfinished = found.isRegularFile() && leftovers.contains(place.target());
    return new Existing(found.isRegularFile(), found.size(), unfinished);
  }

  /**
   * The path itself, or the first above it where there is something, even a link that leads
   * nowhere.
   */
  private static Path deepestThere(Path path) {
    Path at = path;
    while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /** Empty where it leads out of this folder, into its own folder, or nowhere. */
  private Optional<Path> realPathInside(Path path) throws IOException {
    try {
      Path real = path.toRealPath();
      boolean inside = real.startsWith(root) && !real.startsWith(ownFolder);
      return inside ? Optional.of(real) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // dangling: wherever it points, nothing is written through it
    }
  }

  private static Placed refused(String text) {
    return new Placed.Refused(new Failure.Name(text));
  }

  /**
   * What is under a final name.
   *
   * @param unfinished whether it is what a run left of another file: a partial file, or its journal
   */
  public record Existing(boolean isFile, long size, boolean unfinished) {

    /** A complete file, or no file. */
    public Existing(boolean isFile, long size) {
      this(isFile, size, false);
    }
  }

  /**
   * The partial file of this place.
   *
   * @throws IOException when it is in use, because two names lead to this place
   */
  public PartFile part(FilePaths place, URI source) throws IOException {
    if (lock.isPresent() && !inUse.add(place.part())) {
      throw new IOException(place.target() + " is being downloaded by another row already");
    }
    return new PartFile(
        place,
        new PartJournal(
            place.journal(), FilePaths.sourceDigest(source), boot, !isFree(place.target())),
        ownParts,
        content,
        placement,
        this::closed);
  }

  /** Whether it is known without a look that nothing has this name, or one made from it. */
  private boolean isFree(Path target) {
    return onlyOurs
        && root.equals(target.getParent())
        && target.toString().length() - root.toString().length() <= SURELY_POSSIBLE;
  }

  private void closed(PartFile part) {
    if (part.mayBeThere()) {
      onlyOurs = false;
    }
    inUse.remove(part.place().part());
  }

  /** Which boot of the machine this is: what an earlier one had not forced may be lost. */
  public String boot() {
    return boot;
  }

  /** Bytes that can still be written where partial files live, as {@link #usable} tells them. */
  public long usableSpace() throws IOException {
    return usable(partStore());
  }

  /** Bytes that can still be written; {@link Long#MAX_VALUE} where the file system has no size. */
  public static long usable(FileStore store) throws IOException {
    long usable = store.getUsableSpace();
    return usable == 0 && store.getTotalSpace() == 0 ? Long.MAX_VALUE : usable;
  }

  /** The file system on which complete files lie. */
  public FileStore store() throws IOException {
    return Files.getFileStore(deepestThere(root));
  }

  /** The file system on which partial files live; equal to {@link #store} where it is the same. */
  public FileStore partStore() throws IOException {
    return Files.getFileStore(deepestThere(partRoot.orElse(root)));
  }

  /** What an exception of a file operation means. */
  public Failure.Disk failure(IOException e) {
    if (e instanceof ChangedByOthersException) {
      return new Failure.Disk(Redaction.of(String.valueOf(e.getMessage())), false);
    }
    boolean full = false;
    try {
      full = Math.min(usableSpace(), usable(store())) < FULL_BELOW;
    } catch (IOException ignored) {
      // Then it is another failure than a full disk.
    }
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String kind = e.getClass() == IOException.class ? "" : e.getClass().getSimpleName() + ": ";
    return new Failure.Disk(Redaction.of(kind + text), full);
  }

  @Override
  public void close() throws IOException {
    FolderLock held = lock.orElse(null);
    try (held) {
      ownParts.close();
    }
  }
}
