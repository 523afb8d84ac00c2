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
 * Tells whether a file that this program writes is still the file that it made: other programs may
 * cut it, replace it or give it a second name meanwhile. Thread-safe.
 */
final class PartWatch {

  private static final String UNIX = "unix";

  private final Path file;

  /** The end of the last byte that was written: the file's size, unless others have changed it. */
  private final AtomicLong end = new AtomicLong();

  /**
   * The device and the inode; null before the file is known, and where a system has no such key.
   */
  private volatile @Nullable Object key;

  /** The names that the file may have: more than one only if it was the user's. */
  private volatile int names = 1;

  private volatile boolean sizeTells = true;
  private volatile boolean lost;

  PartWatch(Path file) {
    this.file = file;
  }

  /** The file was just made: empty, with one name. */
  void begin() throws IOException {
    know(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), 1);
  }

  /**
   * The file of an earlier run goes on from its present size.
   *
   * @param ofUser whether it was the user's own, which may have further names
   */
  void resume(boolean ofUser) throws IOException {
    BasicFileAttributes now =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    know(now, ofUser ? Look.at(file).map(Look::names).orElse(1) : 1);
  }

  private void know(BasicFileAttributes attributes, int allowedNames) {
    key = attributes.fileKey();
    names = allowedNames;
    lost = false;
    end.set(attributes.size());
  }

  /** Nothing of the file is known any more. */
  void forget() {
    key = null;
    names = 1;
    lost = false;
    end.set(0);
  }

  /** The file has at least this size from now on. */
  void wrote(long byteAfter) {
    end.accumulateAndGet(byteAfter, Math::max);
  }

  /** Something writes the file without saying where: its size tells nothing before its end. */
  void wrotePastIt() {
    sizeTells = false;
  }

  /** What became of a file that is not complete. */
  enum State {
    AS_WRITTEN,
    /** It is ours, and others have put something behind the last byte that was written. */
    LONGER,
    /** Others have cut or replaced it. */
    NOT_OURS
  }

  /** Tells by what was found before, and by a look now. */
  State state() throws IOException {
    if (lost) {
      return State.NOT_OURS;
    }
    Optional<BasicFileAttributes> found = key == null ? Optional.empty() : FileQueries.named(file);
    if (found.isEmpty()) {
      return State.AS_WRITTEN;
    }
    long surplus = sizeTells ? found.get().size() - end.get() : 0;
    if (isOther(found.get()) || surplus < 0) {
      return State.NOT_OURS;
    }
    return surplus > 0 ? State.LONGER : State.AS_WRITTEN;
  }

  void cutSurplus(FileChannel open) throws IOException {
    open.truncate(end.get());
  }

  /** Whether this is known to be another file than the one that was made. */
  boolean isOther(BasicFileAttributes found) {
    Object ours = key;
    return ours != null && !ours.equals(found.fileKey());
  }

  /**
   * To be called where the name was opened again.
   *
   * @throws ChangedByOthersException when another file has the name, or none
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
   * To be called before a write, which would hide that the file was cut behind a hole of zeros.
   * Costs a system call, except before the first byte.
   *
   * @throws ChangedByOthersException when the file is shorter than what was written to it
   */
  void checkNotCut(FileChannel open) throws IOException {
    long least = end.get(); // read before the size, since both only grow
    if (least > 0 && sizeTells && open.size() < least) {
      throw lost("was cut to " + open.size() + " bytes");
    }
  }

  /**
   * To be called right before the file gets its final name: one system call.
   *
   * @param size the bytes that it must have
   * @throws ChangedByOthersException when it is not as this program left it
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

  /** Deletes the file, if it is still there and still the one that was made. */
  void deleteIfSame() throws IOException {
    Optional<BasicFileAttributes> found = FileQueries.named(file);
    if (found.isPresent() && !isOther(found.get())) {
      Files.delete(file);
    }
  }

  private ChangedByOthersException lost(String finding) {
    lost = true;
    return new ChangedByOthersException(file, finding + "; run again to download it anew");
  }

  /** What one system call tells of a name, links not followed. */
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
