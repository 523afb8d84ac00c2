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
 * The last step: force, then rename, so that a final name only ever belongs to a complete file. A
 * rename that may replace nothing is Linux's own, or a second name and the end of the first, since
 * a move would replace what appeared just before it. Thread-safe.
 */
final class AtomicPublish {

  /** So many files repay what it takes to load {@link Libc}. */
  static final int MANY = 10_000;

  private final PartRegistry ownParts;
  private final int many;
  private final AtomicInteger renamed = new AtomicInteger();

  /**
   * @param ownParts where copies on their way are noted
   * @param many from which file on Linux's own rename is taken where others serve too
   */
  AtomicPublish(PartRegistry ownParts, int many) {
    this.ownParts = ownParts;
    this.many = many;
  }

  /**
   * Gives the partial file, which is on the device where that is wanted, its final name.
   *
   * @param watch of the partial file
   * @param forced whether the name is to be on the device when this returns
   * @return false when the final name is taken and may not be replaced
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
      new Leftovers(ownParts).replaced(place.target());
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
    if (areMany() && renameInOneStep(from, to)) {
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

  private boolean areMany() {
    return renamed.get() >= many || renamed.incrementAndGet() >= many;
  }

  /** False when something has the new name, or the system or its file system cannot do it. */
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
   * Where files cannot have two names and the system has no such rename either, what appears
   * between the look and the move is replaced.
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

  /** Moves something that this program did not make out of the way. */
  static void keepOrphan(Path file) throws IOException {
    Path orphan = FilePaths.orphan(file, 1);
    for (int number = 2; FileQueries.named(orphan).isPresent(); number++) {
      orphan = FilePaths.orphan(file, number);
    }
    Files.move(file, orphan);
  }

  /**
   * The partial file lives on another file system: copied by the kernel, then renamed beside its
   * place.
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
      if (forced) {
        force(copy);
      }
      copyWatch.checkComplete(size);
      placed = rename(copy, place.target(), replace);
    } catch (IOException e) {
      copyWatch.deleteIfSame();
      ownParts.remove(copy); // or the next run would delete what others put there
      throw e;
    }
    (placed ? watch : copyWatch).deleteIfSame();
    ownParts.remove(copy);
    return placed;
  }

  /** Returns the bytes copied. */
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

  /** Forces a file to the device. */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw new FsyncFailedException(e);
    }
  }

  /** Makes the new name itself durable, where the platform can open a folder. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some platforms do not open folders; there the file system's own order has to do.
    }
  }
}
