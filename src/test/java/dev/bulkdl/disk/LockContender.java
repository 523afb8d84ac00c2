package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that takes the lock of one file again and again, and looks for others in it. */
final class LockContender {

  private LockContender() {}

  /** Exits with 0 if the process never held the lock together with another one. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Path lockFile = target.resolveSibling(target.getFileName() + ".part.lock");
    Path inside = target.resolveSibling("inside");
    int left = Integer.parseInt(arguments[1]);
    while (left > 0) {
      try (FolderLock lock = FolderLock.takeForFile(target, lockFile)) {
        Files.createFile(inside);
        Files.delete(inside);
        left -= lock == null ? 0 : 1;
      } catch (FileAlreadyExistsException e) {
        System.exit(1);
      } catch (IOException e) {
        Thread.onSpinWait(); // another process has the lock
      }
    }
  }
}
