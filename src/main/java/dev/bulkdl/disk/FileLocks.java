package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locks of single files, for a folder that is not locked as a whole. The lock file is {@code
 * NAME.part.lock}, and is deleted with the lock. Thread-safe.
 */
final class FileLocks {

  private final Map<Path, FolderLock> held = new ConcurrentHashMap<>();

  /**
   * Locks the file.
   *
   * @throws IOException if another row or another run has locked it
   */
  void take(FilePaths place) throws IOException {
    Path part = place.part();
    Files.createDirectories(FilePaths.folderOf(part));
    Path file = FilePaths.lockOf(part);
    held.put(part, FolderLock.takeForFile(place.target(), file));
  }

  /** Unlocks the file, if it is locked. */
  void release(FilePaths place) {
    FolderLock lock = held.remove(place.part());
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      // The system releases the lock with the process. An empty lock file may be left.
    }
  }
}
