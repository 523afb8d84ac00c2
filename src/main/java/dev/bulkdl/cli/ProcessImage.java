package dev.bulkdl.cli;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command line and the environment of this process as bytes, and its replacement by another
 * program (execve). The process keeps its id and its streams.
 *
 * @param arguments the words of the command line, the program first
 * @param environment the variables, each {@code NAME=value}
 */
record ProcessImage(List<byte[]> arguments, List<byte[]> environment) {

  private static final Path SELF = Path.of("/proc/self");
  private static final int LONGEST_PATH = 4096;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int LAST_STREAM = 2;
  private static final List<String> OF_THE_JVM =
      List.of("/lib/modules", ".jar", "/dev/random", "/dev/urandom");

  /** System calls that Java does not offer. Each returns a negative number on failure. */
  private static final class Calls {
    native int execve(byte[] path, Pointer arguments, Pointer environment);

    native long readlink(byte[] path, byte[] target, long size);

    native int fcntl(int descriptor, int command, int value);
  }

  /** Reads the image of this process. */
  static ProcessImage current() throws IOException {
    return new ProcessImage(
        parts(Files.readAllBytes(SELF.resolve("cmdline"))),
        parts(Files.readAllBytes(SELF.resolve("environ"))));
  }

  /**
   * Starts the same executable with these arguments and this environment in this process. Does not
   * return on success. Returns if the system is not 64-bit Linux or refuses the call.
   *
   * @throws LinkageError if JNA cannot load its library
   */
  void start() throws IOException {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return;
    }
    Native.register(Calls.class, NativeLibrary.getProcess());
    Calls calls = new Calls();
    byte[] program = new byte[LONGEST_PATH];
    if (calls.readlink(
            "/proc/self/exe\0".getBytes(StandardCharsets.US_ASCII), program, program.length - 1)
        > 0) {
      for (int file : openedByTheJvm()) {
        calls.fcntl(file, F_SETFD, FD_CLOEXEC);
      }
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
      for (String end : OF_THE_JVM) {
        if (file.endsWith(end)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // the descriptor used to list the folder
    }
  }

  /** Returns a C array: pointers to zero-terminated texts, with a null pointer at its end. */
  private static Memory strings(List<byte[]> texts) {
    long pointers = (texts.size() + 1L) * Native.POINTER_SIZE;
    long length = pointers;
    for (byte[] text : texts) {
      length += text.length + 1L;
    }
    Memory memory = new Memory(length);
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
}
