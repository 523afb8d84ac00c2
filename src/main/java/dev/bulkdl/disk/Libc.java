package dev.bulkdl.disk;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the C library of 64-bit Linux can do and Java cannot; see the manual's pages of these names.
 * Each call tells a failure by a negative number.
 */
interface Libc extends Library {

  int O_WRONLY = 1;
  int FALLOC_FL_KEEP_SIZE = 1;
  int AT_FDCWD = -100;
  int STATX_BLOCKS = 0x400;

  /** Loading it takes a tenth of a second, which is left to the first large file. */
  Optional<Libc> LOADED = load();

  int open(String path, int flags);

  int close(int descriptor);

  int fallocate(int descriptor, int mode, long offset, long length);

  int truncate(String path, long length);

  int statx(int folder, String path, int flags, int mask, byte[] result);

  private static Optional<Libc> load() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return Optional.empty();
    }
    try {
      Map<String, String> options =
          Map.of(OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding", "UTF-8"));
      NativeLibrary library = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME, options);
      List.of("open", "close", "fallocate", "truncate", "statx").forEach(library::getFunction);
      return Optional.of(Native.load(Platform.C_LIBRARY_NAME, Libc.class, options));
    } catch (LinkageError e) {
      return Optional.empty(); // another C library, or no folder in which JNA may unpack its own
    }
  }
}
