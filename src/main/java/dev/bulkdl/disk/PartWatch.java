package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a file which this program writes is still the file that it created. Other programs
 * can truncate, replace or hard-link it meanwhile. Thread-safe.
 */
final class PartWatch {

  private static final String UNIX = "unix";

  private final Path file;

  /** The offset behind the last written byte: the file's size, unless others have changed it. */
  private final AtomicLong end = new AtomicLong();

  /** Device and inode; null before the file is known, and on systems without such a key. */
  private volatile @Nullable Object key;

  /**
   * The number of hard links that the file can have: more than one only if it was the user's file.
   */
  private volatile int names = 1;

  private volatile boolean isSizeKnown = true;
  private volatile boolean lost;

  PartWatch(Path file) {
    this.file = file;
  }

  /** Call it for a file that was just created: empty, with one name. */
  void begin() throws IOException {
    remember(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), 1);
  }

  /**
   * Call it for a file of an earlier run, which continues from its present size.
   *
   * @param ofUser whether it was the user's own file, which can have more names
   */
  void resume(boolean ofUser) throws IOException {
    BasicFileAttributes now =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    remember(now, ofUser ? Look.at(file).map(Look::names).orElse(1) : 1);
  }

  private void remember(BasicFileAttributes attributes, int allowedNames) {
    key = attributes.fileKey();
    names = allowedNames;
    lost = false;
    end.set(attributes.size());
  }

  /** Forgets the file. */
  void forget() {
    key = null;
    names = 1;
    lost = false;
    end.set(0);
  }

  /** Notes that the file has at least this size in bytes from now on. */
  void wrote(long byteAfter) {
    end.accumulateAndGet(byteAfter, Math::max);
  }

  /**
   * Notes that something writes the file without calling {@link #wrote}: its size cannot be checked
   * before its end.
   */
  void ignoreSize() {
    isSizeKnown = false;
  }

  /** The condition of an incomplete file. */
  enum State {
    AS_WRITTEN,
    /** It is ours, but others have appended bytes. */
    LONGER,
    /** Others have truncated or replaced it. */
    NOT_OURS
  }

  /** Returns the condition, from earlier checks and a new one. */
  State state() throws IOException {
    if (lost) {
      return State.NOT_OURS;
    }
    Optional<BasicFileAttributes> found = key == null ? Optional.empty() : FileQueries.named(file);
    if (found.isEmpty()) {
      return State.AS_WRITTEN;
    }
    long surplus = isSizeKnown ? found.get().size() - end.get() : 0;
    if (isOther(found.get()) || surplus < 0) {
      return State.NOT_OURS;
    }
    return surplus > 0 ? State.LONGER : State.AS_WRITTEN;
  }

  void cutSurplus(FileChannel open) throws IOException {
    open.truncate(end.get());
  }

  /** Returns true if these attributes belong to another file than ours. */
  boolean isOther(BasicFileAttributes found) {
    Object ours = key;
    return ours != null && !ours.equals(found.fileKey());
  }

  /**
   * Call it after the name was opened again.
   *
   * @throws ChangedByOthersException if the file is gone or another file has its name
   */
  void checkSame() throws IOException {
    if (key == null) {
      return;
    }
    Optional<BasicFileAttributes> found = FileQueries.named(file);
    if (found.isEmpty()) {
      throw lost("is gone");
    }
    if (isOther(found.get())) {
      throw lost("was replaced by another one");
    }
  }

  /**
   * Call it before a write: a write behind the end of a truncated file would hide the cut behind a
   * hole of zeros. Costs one system call, except before the first byte.
   *
   * @throws ChangedByOthersException if the file is shorter than what was written to it
   */
  void checkNotCut(FileChannel open) throws IOException {
    long least = end.get(); // read before the size, because both only grow
    if (least > 0 && isSizeKnown && open.size() < least) {
      throw lost("was cut to " + open.size() + " bytes");
    }
  }

  /**
   * Call it right before the file gets its final name. Costs one system call.
   *
   * @param size the size in bytes that it must have
   * @throws ChangedByOthersException if the file is not as this program left it
   */
  void checkComplete(long size) throws IOException {
    Look look = Look.at(file).orElseThrow(() -> lost("is gone"));
    if (!look.isFile() || (key != null && !look.key().equals(Optional.ofNullable(key)))) {
      throw lost("was replaced by another one");
    }
    if (look.size() != size) {
      throw lost("has " + look.size() + " bytes in place of " + size);
    }
    if (look.names() > names) {
      throw new ChangedByOthersException(
          file, "has a second name (a hard link); remove that name and run again");
    }
  }

  /** Deletes the file if it still exists and is still ours. */
  void deleteIfSame() throws IOException {
    Optional<BasicFileAttributes> found = FileQueries.named(file);
    if (found.isPresent() && !isOther(found.get())) {
      Files.delete(file);
    }
  }

  private ChangedByOthersException lost(String finding) {
    lost = true;
    return new ChangedByOthersException(
        file, finding + "; run again to download it from the start");
  }

  /** The attributes that one system call returns for a name, with links not followed. */
  private record Look(boolean isFile, Optional<Object> key, long size, int names) {

    static Optional<Look> at(Path file) throws IOException {
      if (!file.getFileSystem().supportedFileAttributeViews().contains(UNIX)) {
        return FileQueries.named(file).map(Look::basic);
      }
      try {
        return Optional.of(
            unix(
                Files.readAttributes(
                    file, "unix:isRegularFile,fileKey,size,nlink", LinkOption.NOFOLLOW_LINKS)));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }

    private static Look basic(BasicFileAttributes found) {
      return new Look(found.isRegularFile(), Optional.ofNullable(found.fileKey()), found.size(), 1);
    }

    private static Look unix(Map<String, Object> found) {
      return new Look(
          Boolean.TRUE.equals(found.get("isRegularFile")),
          Optional.ofNullable(found.get("fileKey")),
          found.get("size") instanceof Long size ? size : -1,
          found.get("nlink") instanceof Integer links ? links : 1);
    }
  }
}
