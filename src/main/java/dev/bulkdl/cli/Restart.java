package dev.bulkdl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Starts the program again in the same process if that gives it a UTF-8 locale, or JVM options that
 * save more time than the restart takes. A restart takes about 0.1 s.
 */
final class Restart {

  /** From this size of a list on, in bytes, other options save more than the restart takes. */
  private static final long LONG_LIST = 128L << 10;

  /** The first version with an AOT cache. */
  private static final int WITH_CACHE = 25;

  private Restart() {}

  /**
   * Restarts the program. It does not return on success. It returns if a restart is impossible or
   * does not pay.
   *
   * @param isUtf8 whether this process can name every file
   */
  static void attempt(String[] arguments, boolean isUtf8) {
    Optional<Path> cache = cache();
    boolean pays = isHotSpot() && (cache.isPresent() || hasLongList(arguments));
    if (isUtf8 && !pays) {
      return;
    }
    try {
      ProcessImage now = ProcessImage.current();
      boolean toUtf8 = !isUtf8 && Utf8Restart.helps(now.arguments(), now.environment());
      Optional<List<byte[]>> options = pays ? options(now, cache) : Optional.empty();
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

  /** ISO 8859-1 keeps every byte of an argument, whatever its encoding. */
  private static Optional<List<byte[]>> options(ProcessImage now, Optional<Path> cache) {
    return JvmOptions.better(texts(now.arguments()), texts(now.environment()), cache)
        .map(
            words ->
                words.stream().map(word -> word.getBytes(StandardCharsets.ISO_8859_1)).toList());
  }

  private static List<String> texts(List<byte[]> words) {
    return words.stream().map(word -> new String(word, StandardCharsets.ISO_8859_1)).toList();
  }

  private static boolean isHotSpot() {
    String name = System.getProperty("java.vm.name", "");
    return name.contains("HotSpot") || name.contains("OpenJDK");
  }

  /** Returns the AOT cache beside the jar that {@code scripts/bulkdl} made for this Java. */
  private static Optional<Path> cache() {
    String jar = System.getProperty("java.class.path", "");
    if (Runtime.version().feature() < WITH_CACHE || !jar.endsWith(".jar") || !isAscii(jar)) {
      return Optional.empty();
    }
    String name = jar.substring(0, jar.length() - ".jar".length());
    Path file = Path.of(name + "-" + System.getProperty("java.version") + ".aot");
    return isNewer(file, Path.of(jar)) ? Optional.of(file) : Optional.empty();
  }

  /** The JVM refuses a cache of another jar. Then the restart would be for nothing. */
  private static boolean isNewer(Path cache, Path jar) {
    try {
      return Files.isRegularFile(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isAscii(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }

  private static boolean hasLongList(String[] arguments) {
    return Arrays.stream(arguments).anyMatch(Restart::isLongList);
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
