package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
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

  /** An exFAT stick, which ignores letter case and has its root at this folder. */
  public static SmallDisk exfat(Path folder) {
    Path image = folder.resolveSibling(folder.getFileName() + ".image");
    make(folder);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(64L << 20);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Programs.orSkip("an exFAT stick", "mkfs.exfat", "mount");
    if (!succeeds("mkfs.exfat", image.toString()) || !mountsExfat(image, folder)) {
      Skip.because("an exFAT stick: none can be mounted here");
    }
    return new SmallDisk(folder);
  }

  /** By the kernel, else by exfat-fuse, which wants a device; both let the device go at the end. */
  private static boolean mountsExfat(Path image, Path folder) {
    String at = folder.toString();
    return succeeds("mount", "-t", "exfat", "-o", "loop", image.toString(), at)
        || succeeds("mount", "-t", "exfat-fuse", "-o", "loop", image.toString(), at);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SmallDisk mounted(Path folder, String type, String option) {
    make(folder);
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

  /** A process that has just ended can hold the file system for a moment. */
  @Override
  public void close() {
    Polling.await("unmounting " + folder, () -> succeeds("umount", path()), done -> done);
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
