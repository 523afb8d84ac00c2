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
 * What the C library of 64-bit Linux can do and Java cannot; see the manual's pages of these names.
 * Each call tells a failure by a negative number. Bound to it directly, since each call through an
 * interface of JNA's takes longer than what some of them do.
 */
final class Libc {

  static final int O_WRONLY = 1;
  static final int FALLOC_FL_KEEP_SIZE = 1;
  static final int AT_FDCWD = -100;
  static final int STATX_BLOCKS = 0x400;
  static final int RENAME_NOREPLACE = 1;

  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);

  /** Loading it takes a tenth of a second, so the first use loads it. */
  private static final Optional<Libc> LOADED = load();

  private Libc() {}

  native int open(byte[] path, int flags);

  native int close(int descriptor);

  native int fallocate(int descriptor, int mode, long offset, long length);

  native int truncate(byte[] path, long length);

  native int statx(int folder, byte[] path, int flags, int mask, byte[] result);

  native int renameat2(int fromFolder, byte[] from, int toFolder, byte[] to, int flags);

  /** The library, if it is there and the file's name one of the system's own file system. */
  static Optional<Libc> of(Path file) {
    return file.getFileSystem().equals(FileSystems.getDefault()) ? LOADED : Optional.empty();
  }

  /** A path as these calls take it. */
  static byte[] path(Path file) {
    return (file + "\0").getBytes(NAMES);
  }

  private static Optional<Libc> load() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return Optional.empty();
    }
    MutedLogger muted = MutedLogger.of("com.sun.jna.Native");
    try (muted) {
      Native.register(Libc.class, NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
      return Optional.of(new Libc());
    } catch (LinkageError e) {
      return Optional.empty(); // another C library, or no folder in which JNA may unpack its own
    }
  }
}
