package dev.bulkdl.cli;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.bulkdl.hook.UsersLocale;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replaces this process image with the same program in a UTF-8 locale (execve). The JVM takes the
 * encoding of file names from the locale at its start. It has replaced undecodable characters of
 * the arguments before {@code main} runs. Arguments and environment are passed on as their original
 * bytes. The process keeps its id, its streams, and its JVM options.
 */
final class Utf8Restart {

  static final String LOCALE = "C.UTF-8";

  private static final Path SELF = Path.of("/proc/self");
  private static final byte[] LC_ALL = ascii("LC_ALL=");
  private static final byte[] USERS_LOCALE = ascii(UsersLocale.VARIABLE + "=");
  private static final int LONGEST_PATH = 4096;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int LAST_STREAM = 2;
  private static final List<String> OF_THE_JVM =
      List.of("/lib/modules", ".jar", "/dev/random", "/dev/urandom");

  private Utf8Restart() {}

  /** System calls that Java does not offer. Each returns a negative number on failure. */
  private static final class Calls {
    native int execve(byte[] path, Pointer arguments, Pointer environment);

    native long readlink(byte[] path, byte[] target, long size);

    native int fcntl(int descriptor, int command, int value);
  }

  /**
   * Restarts the program. It does not return on success. It returns if a restart is impossible or
   * would change nothing.
   */
  static void attempt() {
    try {
      List<byte[]> arguments = parts(Files.readAllBytes(SELF.resolve("cmdline")));
      List<byte[]> environment = parts(Files.readAllBytes(SELF.resolve("environ")));
      if (helps(arguments, environment)) {
        exec(arguments, inUtf8(environment));
      }
    } catch (IOException | LinkageError e) {
      // Not Linux, or JNA has no folder to unpack its library.
    }
  }

  /**
   * Returns true if a restart helps. It is not tried twice, because the locale may be missing on
   * this system. It is not tried if an argument is not UTF-8, because then the file names of the
   * user are in the encoding of the locale.
   */
  static boolean helps(List<byte[]> arguments, List<byte[]> environment) {
    byte[] done = ascii("LC_ALL=" + LOCALE);
    return environment.stream().noneMatch(variable -> Arrays.equals(variable, done))
        && arguments.stream().allMatch(Utf8Restart::isUtf8);
  }

  /**
   * Returns the environment with the new locale. It also keeps the user's locale, for commands of
   * the user.
   */
  static List<byte[]> inUtf8(List<byte[]> environment) {
    List<byte[]> changed = new ArrayList<>();
    byte[] before = LC_ALL;
    byte[] kept = USERS_LOCALE;
    for (byte[] variable : environment) {
      if (startsWith(variable, LC_ALL)) {
        before = variable;
      } else if (startsWith(variable, USERS_LOCALE)) {
        kept = variable;
      } else {
        changed.add(variable);
      }
    }
    changed.add(ascii("LC_ALL=" + LOCALE));
    // The value kept by scripts/bulkdl has priority: the script has already changed the locale.
    changed.add(kept.length > USERS_LOCALE.length ? kept : joined(kept, before));
    return changed;
  }

  private static void exec(List<byte[]> arguments, List<byte[]> environment) throws IOException {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return;
    }
    Native.register(Calls.class, NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
    Calls calls = new Calls();
    byte[] program = new byte[LONGEST_PATH];
    if (calls.readlink(ascii("/proc/self/exe\0"), program, program.length - 1) > 0) {
      openedByTheJvm().forEach(file -> calls.fcntl(file, F_SETFD, FD_CLOEXEC));
      try (Memory argv = strings(arguments);
          Memory envp = strings(environment)) {
        calls.execve(program, argv, envp);
      }
    }
  }

  /**
   * Returns the descriptors of the JVM's own files, which must not stay open after execve. All
   * others belong to the user, such as that of {@code bulkdl <(make-list)}.
   */
  private static List<Integer> openedByTheJvm() throws IOException {
    List<Integer> own = new ArrayList<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(SELF.resolve("fd"), "[0-9]*")) {
      for (Path descriptor : open) {
        int number = Integer.parseInt(descriptor.getFileName().toString());
        if (number > LAST_STREAM && isOfTheJvm(descriptor)) {
          own.add(number);
        }
      }
    }
    return own;
  }

  private static boolean isOfTheJvm(Path descriptor) {
    try {
      String file = Files.readSymbolicLink(descriptor).toString();
      return OF_THE_JVM.stream().anyMatch(file::endsWith);
    } catch (IOException e) {
      return false; // the descriptor used to list the folder
    }
  }

  /** Returns a C array: pointers to zero-terminated texts, with a null pointer at its end. */
  private static Memory strings(List<byte[]> texts) {
    long pointers = (texts.size() + 1L) * Native.POINTER_SIZE;
    Memory memory = new Memory(pointers + texts.stream().mapToLong(text -> text.length + 1L).sum());
    memory.clear();
    long at = pointers;
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i);
      memory.setPointer((long) i * Native.POINTER_SIZE, memory.share(at));
      memory.write(at, text, 0, text.length);
      at += text.length + 1L;
    }
    return memory;
  }

  /** Splits the bytes after each zero byte. */
  static List<byte[]> parts(byte[] all) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int end = 0; end < all.length; end++) {
      if (all[end] == 0) {
        parts.add(Arrays.copyOfRange(all, start, end));
        start = end + 1;
      }
    }
    return parts;
  }

  private static boolean isUtf8(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] text, byte[] start) {
    return text.length >= start.length
        && Arrays.equals(text, 0, start.length, start, 0, start.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
