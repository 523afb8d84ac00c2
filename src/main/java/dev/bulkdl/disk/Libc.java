package dev.bulkdl.disk;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.bulkdl.log.MutedLogger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Functions of the C library on 64-bit Linux that Java does not offer; see their manual pages. A
 * negative result is a failure. JNA binds the methods directly, because a call through a JNA
 * interface would take longer than some of these system calls.
 */
final class Libc {

  static final int O_WRONLY = 1;
  static final int FALLOC_FL_KEEP_SIZE = 1;
  static final int AT_FDCWD = -100;
  static final int STATX_BLOCKS = 0x400;
  static final int RENAME_NOREPLACE = 1;

  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);

  /** Loading takes 0.1 s, so the class is loaded at the first use. */
  private static final Optional<Libc> LOADED = load();

  private Libc() {}

  native int open(byte[] path, int flags);

  native int close(int descriptor);

  native int fallocate(int descriptor, int mode, long offset, long length);

  native int truncate(byte[] path, long length);

  native int statx(int folder, byte[] path, int flags, int mask, byte[] result);

  native int renameat2(int fromFolder, byte[] from, int toFolder, byte[] to, int flags);

  /** Returns the library if it is available and the path belongs to the default file system. */
  static Optional<Libc> of(Path file) {
    return file.getFileSystem().equals(FileSystems.getDefault()) ? LOADED : Optional.empty();
  }

  /** Returns a path as a zero-terminated string in the system's encoding. */
  static byte[] path(Path file) {
    return (file + "\0").getBytes(NAMES);
  }

  private static Optional<Libc> load() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return Optional.empty();
    }
    MutedLogger muted = MutedLogger.of("com.sun.jna.Native");
    try (muted) {
      Native.register(Libc.class, NativeLibrary.getProcess());
      return Optional.of(new Libc());
    } catch (LinkageError e) {
      // another C library, or JNA found no folder in which to unpack its own library
      return Optional.empty();
    }
  }
}
