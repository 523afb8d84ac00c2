package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few MiB in memory, if the test may mount one. Closing it unmounts it. */
public record SmallDisk(Path folder) implements AutoCloseable {

  /** Creates this folder and mounts the file system there, or skips the calling test. */
  public static SmallDisk mounted(Path folder, int mebibytes) {
    return mounted(folder, "tmpfs", "size=" + mebibytes + "m");
  }

  /** Mounts a ramfs, which has no device behind its page cache. */
  public static SmallDisk ofCacheOnly(Path folder) {
    return mounted(folder, "ramfs", "mode=755");
  }

  private static SmallDisk mounted(Path folder, String type, String option) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SmallDisk disk = new SmallDisk(folder);
    if (!succeeds("mount", "-t", type, "-o", option, type, disk.path())) {
      Skip.because("a small disk: no file system can be mounted here");
    }
    return disk;
  }

  public void resize(int mebibytes) {
    remount("size=" + mebibytes + "m");
  }

  public void readOnly() {
    remount("ro");
  }

  private void remount(String option) {
    if (!succeeds("mount", "-o", "remount," + option, path())) {
      throw new AssertionError("cannot remount " + folder + " with " + option);
    }
  }

  /** Returns the number of bytes that can still be written. */
  public long free() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until fewer bytes are free. */
  public void awaitLessFree(long bytes) {
    Polling.await("the free space of " + folder, this::free, now -> now < bytes);
  }

  @Override
  public void close() {
    if (!succeeds("umount", path())) {
      throw new AssertionError("cannot unmount " + folder);
    }
  }

  private String path() {
    return folder.toString();
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false; // the program is not installed
    }
  }
}
