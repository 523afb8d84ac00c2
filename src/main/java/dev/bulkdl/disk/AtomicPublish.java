package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The last step of a download: fsync, then rename, so that a final name always belongs to a
 * complete file.
 *
 * <p>If the target must not be replaced, the rename is {@code renameat2} with RENAME_NOREPLACE, or
 * a hard link followed by the removal of the old name. A plain move would replace a file that
 * appeared just before it. Thread-safe.
 */
final class AtomicPublish {

  /** After this number of renames it is worth the time to load {@link Libc}. */
  static final int MANY = 10_000;

  private final PartRegistry ownParts;
  private final int many;
  private final AtomicInteger renamed = new AtomicInteger();

  /**
   * @param ownParts the registry in which unfinished copies are noted
   * @param many the number of renames after which {@code renameat2} is used although hard links
   *     work
   */
  AtomicPublish(PartRegistry ownParts, int many) {
    this.ownParts = ownParts;
    this.many = many;
  }

  /**
   * Gives the partial file its final name. If {@code forced}, the caller has synced its content
   * already.
   *
   * @param watch the watch of the partial file
   * @param forced whether the new name (and a copy, if one is needed) is synced before this returns
   * @return false if the final name is taken and {@code replace} is false
   */
  boolean publish(FilePaths place, PartWatch watch, boolean replace, boolean forced)
      throws IOException {
    Path folder = FilePaths.folderOf(place.target());
    if (!folder.equals(FilePaths.folderOf(place.part()))) {
      FileQueries.make(folder);
    }
    boolean placed;
    try {
      placed = rename(place.part(), place.target(), replace);
    } catch (AtomicMoveNotSupportedException e) {
      placed = copyAcross(place, watch, replace, forced);
    }
    if (placed && replace) {
      new Leftovers(ownParts).removeStaleJournal(place.target());
    }
    if (placed && forced) {
      forceFolder(folder);
    }
    return placed;
  }

  private boolean rename(Path from, Path to, boolean replace) throws IOException {
    if (replace) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
    if (isWorthLibc() && renameInOneStep(from, to)) {
      return true;
    }
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException | UnsupportedOperationException e) {
      return renameUnlessThere(from, to);
    }
    Files.delete(from);
    return true;
  }

  private boolean isWorthLibc() {
    return renamed.get() >= many || renamed.incrementAndGet() >= many;
  }

  /** Returns false if the new name is taken, or the system or its file system has no such call. */
  private static boolean renameInOneStep(Path from, Path to) {
    return Libc.of(from)
        .filter(
            libc ->
                libc.renameat2(
                        Libc.AT_FDCWD,
                        Libc.path(from),
                        Libc.AT_FDCWD,
                        Libc.path(to),
                        Libc.RENAME_NOREPLACE)
                    == 0)
        .isPresent();
  }

  /**
   * Renames on a file system without hard links. If {@code renameat2} fails too, a file that
   * appears between the check and the move is replaced.
   */
  private static boolean renameUnlessThere(Path from, Path to) throws IOException {
    if (renameInOneStep(from, to)) {
      return true;
    }
    if (FileQueries.named(to).isPresent()) {
      return false;
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Renames a file that this program did not make to a free {@code .orphan} name. */
  static void keepOrphan(Path file) throws IOException {
    Path orphan = FilePaths.orphan(file, 1);
    for (int number = 2; FileQueries.named(orphan).isPresent(); number++) {
      orphan = FilePaths.orphan(file, number);
    }
    Files.move(file, orphan);
  }

  /**
   * Publishes across file systems: copies the partial file (inside the kernel) to the target's
   * folder, then renames the copy.
   */
  private boolean copyAcross(FilePaths place, PartWatch watch, boolean replace, boolean forced)
      throws IOException {
    Path copy = place.copy();
    if (ownParts.contains(copy)) {
      Files.deleteIfExists(copy);
    } else if (FileQueries.named(copy).isPresent()) {
      keepOrphan(copy);
    }
    ownParts.add(copy);
    PartWatch copyWatch = new PartWatch(copy);
    boolean placed;
    try {
      long size = copy(place.part(), copy, copyWatch);
      Files.setLastModifiedTime(copy, Files.getLastModifiedTime(place.part()));
      if (forced) {
        force(copy);
      }
      copyWatch.checkComplete(size);
      placed = rename(copy, place.target(), replace);
    } catch (IOException e) {
      copyWatch.deleteIfSame();
      ownParts.remove(copy); // otherwise the next run would delete what others put there
      throw e;
    }
    (placed ? watch : copyWatch).deleteIfSame();
    ownParts.remove(copy);
    return placed;
  }

  /** Returns the number of bytes copied. */
  private static long copy(Path from, Path to, PartWatch watch) throws IOException {
    try (FileChannel in =
            FileChannel.open(from, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel out =
            new PartChannel(
                FileChannel.open(
                    to,
                    Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)))) {
      watch.begin();
      long size = in.size();
      for (long at = 0; at < size; ) {
        long moved = out.transferFrom(in, at, size - at);
        if (moved <= 0) {
          throw new ChangedByOthersException(from, "became shorter while it was copied");
        }
        at += moved;
      }
      return size;
    }
  }

  /** Syncs a file's content and metadata (fsync). */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw new FsyncFailedException(e);
    }
  }

  /**
   * Syncs the folder, so that the new name survives a power loss. Does nothing if the platform
   * cannot open folders.
   */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some platforms cannot open a folder; there the file system's own order of writes must do.
    }
  }
}
