package dev.bulkdl.cli;

import dev.bulkdl.cli.JvmOptions.Compilers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the program again in the same process, with JVM options that save more time than the
 * restart takes, and with a UTF-8 locale. A restart takes about 0.15 s. It uses no lambda and no
 * stream, because the JVM takes a millisecond to make each.
 */
final class Restart {

  /** From this size of a list on, in bytes, the optimizing compiler gives more than it takes. */
  private static final long LONG_LIST = 4L << 20;

  /**
   * Where the GNU C library is. The native hashes need it, and the first compiler has no others.
   */
  private static final List<Path> GNU_LIBC =
      List.of(Path.of("/lib64/ld-linux-x86-64.so.2"), Path.of("/lib/ld-linux-aarch64.so.1"));

  private Restart() {}

  /**
   * Restarts the program. It does not return on success. It returns if a restart is impossible or
   * was made already.
   *
   * @param isUtf8 whether this process can name every file
   */
  static void attempt(String[] arguments, boolean isUtf8) {
    try {
      ProcessImage now = ProcessImage.current();
      boolean toUtf8 = !isUtf8 && Utf8Restart.helps(now.arguments(), now.environment());
      Optional<List<byte[]>> options =
          isHotSpot() ? options(now, List.of(arguments)) : Optional.empty();
      if (toUtf8 || (isUtf8 && options.isPresent())) {
        new ProcessImage(
                options.orElse(now.arguments()),
                toUtf8 ? Utf8Restart.inUtf8(now.environment()) : now.environment())
            .start();
      }
    } catch (IOException | LinkageError e) {
      // Not Linux, or JNA has no folder to unpack its library.
    }
  }

  private static Optional<List<byte[]>> options(ProcessImage now, List<String> arguments) {
    List<String> words = texts(now.arguments());
    if (!JvmOptions.areOpen(words, texts(now.environment()))) {
      return Optional.empty();
    }
    Path jar = Path.of(System.getProperty("java.class.path", "")).toAbsolutePath();
    return Optional.of(
        bytes(
            JvmOptions.better(
                words, compilers(arguments), ClassArchive.find(jar, arguments, System.getenv()))));
  }

  /** ISO 8859-1 keeps every byte of an argument, whatever its encoding. */
  private static List<String> texts(List<byte[]> words) {
    List<String> texts = new ArrayList<>(words.size());
    for (byte[] word : words) {
      texts.add(new String(word, StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  private static List<byte[]> bytes(List<String> texts) {
    List<byte[]> words = new ArrayList<>(texts.size());
    for (String text : texts) {
      words.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return words;
  }

  private static boolean isHotSpot() {
    String name = System.getProperty("java.vm.name", "");
    return name.contains("HotSpot") || name.contains("OpenJDK");
  }

  private static Compilers compilers(List<String> arguments) {
    if (arguments.contains("serve") || !hasGnuLibc()) {
      return Compilers.BOTH;
    }
    for (String argument : arguments) {
      if (isLongList(argument)) {
        return Compilers.BOTH;
      }
    }
    return Compilers.FIRST;
  }

  private static boolean hasGnuLibc() {
    for (Path loader : GNU_LIBC) {
      if (Files.exists(loader)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLongList(String argument) {
    try {
      Path file = Path.of(argument);
      return Files.isRegularFile(file) && Files.size(file) >= LONG_LIST;
    } catch (IOException | InvalidPathException e) {
      return false; // a URL or the value of an option
    }
  }
}
