package dev.bulkdl.disk;

import dev.bulkdl.model.FolderInUseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two runs out of one output folder, or two downloads out of one file. The operating system
 * releases the lock when the process ends. On file systems without working locks (some network file
 * systems), the note in the lock file still keeps out other runs of this machine.
 */
final class FolderLock implements AutoCloseable {

  private static final int LONGEST_NOTE = 200;

  /**
   * The lock files that runs in this process hold. A POSIX lock belongs to the process and is lost
   * when the process closes any channel of the file. So a second run in this process must not even
   * open the file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  /** The most locks in a row that others may delete before one is kept. */
  private static final int MANY = 1000;

  private final Path file;
  private final FileChannel channel;
  private final boolean temporary;

  private FolderLock(Path file, FileChannel channel, boolean temporary) {
    this.file = file;
    this.channel = channel;
    this.temporary = temporary;
  }

  /**
   * Takes the lock, and writes into the file which process holds it.
   *
   * @param root the output folder
   * @param file the lock file
   * @throws FolderInUseException if another run holds the lock; the message says which
   */
  static FolderLock take(Path root, Path file) throws IOException {
    if (!HELD_HERE.add(file)) {
      throw new FolderInUseException(root, "this same process");
    }
    try {
      return lock(root, file, false);
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  /**
   * Takes the lock of a single file. The lock file is deleted at the end.
   *
   * @param target the file that is downloaded
   * @param file the lock file
   * @throws IOException if another run holds the lock; the message says which
   */
  static FolderLock takeForFile(Path target, Path file) throws IOException {
    if (!HELD_HERE.add(file)) {
      throw new IOException(target + " is already being downloaded by another row");
    }
    try {
      for (int i = 0; i < MANY; i++) {
        Optional<Object> before = key(file);
        FolderLock lock = lock(target, file, true);
        if (before.isPresent() && before.equals(key(file))) {
          return lock;
        }
        lock.channel.close(); // the file is new, or its holder has deleted it: open it again
      }
      throw new IOException(file + " is deleted again and again");
    } catch (FolderInUseException e) {
      HELD_HERE.remove(file);
      throw new IOException(
          target + " is being downloaded by another run; wait for it, or stop it");
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  /**
   * Returns the identity of the file that has this name. The file is not opened, because closing it
   * would release the lock of this process.
   */
  private static Optional<Object> key(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(Optional.ofNullable(found.fileKey()).orElse(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static FolderLock lock(Path root, Path file, boolean temporary) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    try {
      boolean locked = isLocked(channel);
      LockHolder holder = LockHolder.parse(read(channel));
      String boot = BootId.id(file.getFileSystem());
      if (!locked || holder.isAliveElsewhere(boot)) {
        throw new FolderInUseException(root, holder.text());
      }
      String note = LockHolder.self(boot).text();
      channel.truncate(0).write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)), 0);
      return new FolderLock(file, channel, temporary);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held in this process by another copy of this class
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer note = ByteBuffer.allocate(LONGEST_NOTE);
    channel.read(note, 0);
    return new String(note.array(), 0, note.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (temporary) {
        Files.deleteIfExists(file);
      } else {
        channel.truncate(0);
      }
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
