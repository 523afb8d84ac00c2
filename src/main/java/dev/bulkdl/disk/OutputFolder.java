package dev.bulkdl.disk;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.FolderInUseException;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.WriteMode;
import dev.bulkdl.text.IoText;
import dev.bulkdl.text.NameEncoding;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The output folder. {@link #open} locks it for one run; {@link #look} only reads. Subfolders are
 * created when the first file is put into them. Thread-safe.
 */
public final class OutputFolder implements AutoCloseable {

  /** A failed write counts as "disk full" if fewer bytes than this are free. */
  private static final long FULL_BELOW = 4L << 20;

  private static final String PARTS = "parts";

  /**
   * Names up to this number of characters fit into every file system. For longer ones the file
   * system is asked.
   */
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

  /** The locks of single files; empty if the whole folder is locked, or only read. */
  private final Optional<FileLocks> fileLocks;

  /**
   * True while names directly in this folder need no check: the folder was empty when this run
   * locked it, and no partial file was left in it since. Files that others create meanwhile are
   * found later: creating a file replaces nothing, and a rename replaces only with the user's
   * consent.
   */
  private volatile boolean onlyOurs;

  private OutputFolder(
      Path root,
      Path ownFolder,
      Optional<Path> partRoot,
      Optional<FolderLock> lock,
      PartRegistry ownParts,
      PartChannels content,
      Optional<FileLocks> fileLocks,
      boolean onlyOurs) {
    this.root = root;
    this.fileLocks = fileLocks;
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
   * Creates the folder if it is missing, and locks it. The caller closes it.
   *
   * @throws FolderInUseException if another run holds it
   * @throws IOException if the folder or its temporary folder cannot be created or used
   */
  public static OutputFolder open(DiskSettings settings) throws IOException {
    return open(settings, new DiskResources());
  }

  /**
   * Creates the folder if it is missing, and locks it. The caller closes it.
   *
   * @param shared the resources that other folders share
   * @throws FolderInUseException if another run holds it
   * @throws IOException if the folder or its temporary folder cannot be created or used
   */
  public static OutputFolder open(DiskSettings settings, DiskResources shared) throws IOException {
    FolderCreation.create(settings.outputDir(), "-d", Files::createDirectories);
    Path root = settings.outputDir().toRealPath();
    Path own = root.resolve(TargetName.OWN_FOLDER);
    if (Files.isSymbolicLink(own)) {
      throw new IOException(own + " is a symbolic link; remove it, it must be a folder");
    }
    Files.createDirectories(own);
    Optional<Path> partRoot = settings.tempDir().map(temp -> partFolder(temp, root));
    if (partRoot.isPresent()) {
      FolderCreation.create(partRoot.get(), "--temp-dir", PrivateFolder::make);
    }
    FolderLock lock = FolderLock.take(root, own.resolve("lock"));
    try {
      if (settings.writeMode() == WriteMode.DIRECT) {
        DirectIo.check(
            partRoot
                .map(folder -> folder.resolve(TargetName.OWN_FOLDER)) // no target has this name
                .orElse(own.resolve("direct")));
      }
      PartRegistry ownParts = PartRegistry.open(own.resolve(PARTS));
      return new OutputFolder(
          root,
          own,
          partRoot,
          Optional.of(lock),
          ownParts,
          PartChannels.of(settings, shared, partRoot.orElse(root)),
          Optional.empty(),
          FileQueries.holdsOnly(root, Set.of(own))
              && partRoot.map(parts -> FileQueries.holdsOnly(parts, Set.of())).orElse(true));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Opens the folder for single files. It is created if it is missing, but not locked, and gets no
   * folder {@code .bulkdl}. Each file is locked by itself. Every partial file has a journal,
   * because no registry is kept.
   *
   * @throws IOException if the folder or its temporary folder cannot be created or used
   */
  public static OutputFolder openForFiles(DiskSettings settings) throws IOException {
    FolderCreation.create(settings.outputDir(), "-d", Files::createDirectories);
    Path root = settings.outputDir().toRealPath();
    Path own = root.resolve(TargetName.OWN_FOLDER);
    Optional<Path> partRoot = settings.tempDir().map(temp -> partFolder(temp, root));
    if (partRoot.isPresent()) {
      FolderCreation.create(partRoot.get(), "--temp-dir", PrivateFolder::make);
    }
    if (settings.writeMode() == WriteMode.DIRECT) {
      DirectIo.check(partRoot.orElse(root).resolve(TargetName.OWN_FOLDER));
    }
    return new OutputFolder(
        root,
        own,
        partRoot,
        Optional.empty(),
        PartRegistry.openReadOnly(own.resolve(PARTS)),
        PartChannels.of(settings, new DiskResources(), partRoot.orElse(root)),
        Optional.of(new FileLocks()),
        false);
  }

  /**
   * Reads the folder without changing anything. It can be missing or locked by a run.
   *
   * @throws IOException if the file system reports an error
   */
  public static OutputFolder look(DiskSettings settings) throws IOException {
    Path root = NearestPath.real(settings.outputDir().toAbsolutePath());
    Path own = root.resolve(TargetName.OWN_FOLDER);
    return new OutputFolder(
        root,
        own,
        settings.tempDir().map(temp -> partFolder(temp, root)),
        Optional.empty(),
        PartRegistry.openReadOnly(own.resolve(PARTS)),
        PartChannels.of(settings, new DiskResources(), root),
        Optional.empty(),
        false);
  }

  /**
   * Returns the folder for partial files in a temporary folder, which several output folders can
   * share.
   */
  private static Path partFolder(Path temp, Path root) {
    Path name = root.getFileName();
    String mark = Digests.sha256(root.toString()).substring(0, 8);
    return temp.toAbsolutePath().resolve((name == null ? "root" : name.toString()) + "-" + mark);
  }

  /** The folder's real path. */
  public Path root() {
    return root;
  }

  /** The folder {@code .bulkdl} for results and logs. */
  public Path ownFolder() {
    return ownFolder;
  }

  /** The paths for a name, or the reason why the name is refused. */
  public sealed interface Placed {
    /**
     * The name can be used.
     *
     * @param place the file's paths; the parent folder can be missing
     * @param existing what has the final name now, with links followed
     */
    record At(FilePaths place, Optional<Existing> existing) implements Placed {}

    /** The name cannot be used. */
    record Refused(Failure failure) implements Placed {}
  }

  /**
   * Resolves a name to paths. No symbolic link out of this folder is followed, and nothing is
   * created. Names that lead to the same place by links inside the folder get the same paths.
   *
   * @throws NotDirectoryException if a file has the name of a folder that is needed
   * @throws IOException if the file system reports an error
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
    Path there = taken ? root : NearestPath.existing(named);
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

  /** Returns the real path; empty if it is outside this folder, in {@code .bulkdl}, or missing. */
  private Optional<Path> realPathInside(Path path) throws IOException {
    try {
      Path real = path.toRealPath();
      boolean inside = real.startsWith(root) && !real.startsWith(ownFolder);
      return inside ? Optional.of(real) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // a dangling link: nothing is ever written through it
    }
  }

  private static Placed refused(String text) {
    return new Placed.Refused(new Failure.Name(text));
  }

  /**
   * What has a final name now.
   *
   * @param isFile whether it is a regular file
   * @param size its size in bytes
   * @param unfinished whether it is a partial file or a journal that a run left for another row
   */
  public record Existing(boolean isFile, long size, boolean unfinished) {

    /** A complete file, or something that is not a file. */
    public Existing(boolean isFile, long size) {
      this(isFile, size, false);
    }
  }

  /**
   * Returns the partial file for these paths. The caller closes it.
   *
   * @param source the URL; a journal of another URL is not used
   * @throws IOException if another row is using these paths, because two names lead to the same
   *     file
   */
  public PartFile part(FilePaths place, URI source) throws IOException {
    if (lock.isPresent() && !inUse.add(place.part())) {
      throw new IOException(place.target() + " is already being downloaded by another row");
    }
    if (fileLocks.isPresent()) {
      fileLocks.get().take(place);
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

  /**
   * Returns true if it is known, without asking the file system, that neither this name nor one
   * derived from it exists.
   */
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
    fileLocks.ifPresent(locks -> locks.release(part.place()));
  }

  /** Returns true if no run holds the folder as a whole, and each file is locked by itself. */
  public boolean locksFiles() {
    return fileLocks.isPresent();
  }

  /**
   * The id of the current boot of the machine. Data that an earlier boot did not sync can be lost.
   */
  public String boot() {
    return boot;
  }

  /** Returns the free bytes on the file system of the partial files; see {@link #usable}. */
  public long usableSpace() throws IOException {
    return usable(partStore());
  }

  /** Returns the free bytes; {@link Long#MAX_VALUE} if the file system does not report its size. */
  public static long usable(FileStore store) throws IOException {
    long usable = store.getUsableSpace();
    return usable == 0 && store.getTotalSpace() == 0 ? Long.MAX_VALUE : usable;
  }

  /** The file system of the complete files. */
  public FileStore store() throws IOException {
    return Files.getFileStore(NearestPath.existing(root));
  }

  /** The file system of the partial files; equal to {@link #store} if it is the same. */
  public FileStore partStore() throws IOException {
    return Files.getFileStore(NearestPath.existing(partRoot.orElse(root)));
  }

  /** Maps an exception of a file operation to a failure; its text is redacted. */
  public Failure.Disk failure(IOException e) {
    if (e instanceof ChangedByOthersException) {
      return new Failure.Disk(Redaction.of(String.valueOf(e.getMessage())), false);
    }
    boolean full = false;
    try {
      full = Math.min(usableSpace(), usable(store())) < FULL_BELOW;
    } catch (IOException ignored) {
      // The free space is unknown, so the failure does not count as "disk full".
    }
    return new Failure.Disk(Redaction.of(IoText.of(e)), full);
  }

  @Override
  public void close() throws IOException {
    FolderLock held = lock.orElse(null);
    try (held) {
      ownParts.close();
    }
  }
}
