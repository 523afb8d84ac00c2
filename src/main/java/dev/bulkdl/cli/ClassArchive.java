package dev.bulkdl.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The classes of bulkdl as the JVM keeps them from one run to the next, which halves its start: the
 * AOT cache of {@code scripts/bulkdl} beside the jar (JEP 483), or an archive (JEP 310) in the
 * user's cache folder, which the JVM makes at the end of the second download.
 *
 * @param jar the absolute path of the program, under which the JVM knows its classes
 * @param options the JVM options that use the kept classes, or make them be kept
 */
record ClassArchive(Path jar, List<String> options) {

  /** The first version with an AOT cache. */
  private static final int WITH_AOT_CACHE = 25;

  private static final String JAR = ".jar";
  private static final String UID = "unix:uid";
  private static final int WRITABLE_BY_OTHERS = 0022;

  /** An archive of less is that of a run that ended before its first download. */
  private static final long LEAST_BYTES = 10L << 20;

  /** Options that print something and end. */
  private static final Set<String> PRINTING = Set.of("-h", "--help", "-V", "--version");

  /**
   * Returns the kept classes of a program; none if there are none and none can be kept.
   *
   * @param jar the absolute path of the program
   * @param arguments those of the command
   */
  static Optional<ClassArchive> find(
      Path jar, List<String> arguments, Map<String, String> environment) {
    try {
      if (!isAscii(jar)) {
        return Optional.empty();
      }
      Path cache = besideOf(jar);
      if (Runtime.version().feature() >= WITH_AOT_CACHE && isNewer(cache, jar)) {
        return Optional.of(new ClassArchive(jar, List.of("-XX:AOTCache=" + cache)));
      }
      return shared(folder(environment), jar, isDownload(arguments));
    } catch (IOException e) {
      return Optional.empty(); // no jar, no home, or a disk that cannot be written to
    }
  }

  /** Other commands load too few of the classes to make an archive from. */
  private static boolean isDownload(List<String> arguments) {
    for (String argument : arguments) {
      boolean isOther =
          CommandNames.ALL.contains(argument) && !CommandNames.DOWNLOADS.contains(argument);
      if (isOther || PRINTING.contains(argument)) {
        return false;
      }
    }
    return true;
  }

  private static Path besideOf(Path jar) {
    String name = String.valueOf(jar.getFileName());
    String plain = name.endsWith(JAR) ? name.substring(0, name.length() - JAR.length()) : name;
    return jar.resolveSibling(plain + "-" + System.getProperty("java.version") + ".aot");
  }

  private static Path folder(Map<String, String> environment) throws IOException {
    String home = environment.getOrDefault("HOME", "");
    String caches =
        environment.getOrDefault("XDG_CACHE_HOME", home.isEmpty() ? "" : home + "/.cache");
    if (!caches.startsWith("/")) {
      throw new IOException("no folder for caches");
    }
    return Path.of(caches, "bulkdl");
  }

  private static Optional<ClassArchive> shared(Path folder, Path jar, boolean mayMake)
      throws IOException {
    if (!isAscii(folder) || (Files.exists(folder) && !isOwn(folder))) {
      return Optional.empty();
    }
    String of = Integer.toHexString(jar.hashCode()) + "-";
    String name = of + Integer.toHexString(state(jar).hashCode());
    Path archive = folder.resolve(name + ".jsa");
    String use = "-XX:SharedArchiveFile=" + archive;
    if (isWhole(archive)) {
      return Optional.of(new ClassArchive(jar, List.of(use)));
    }
    if (!mayMake || isFirst(folder, of, folder.resolve(name + ".used"))) {
      return Optional.empty();
    }
    Files.deleteIfExists(archive);
    return Optional.of(new ClassArchive(jar, List.of("-XX:+AutoCreateSharedArchive", use)));
  }

  /** An archive is code. So nobody else may be able to put one there. */
  private static boolean isOwn(Path folder) throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), UID);
    return user.equals(Files.getAttribute(folder, UID))
        && Files.getAttribute(folder, "unix:mode") instanceof Integer mode
        && (mode & WRITABLE_BY_OTHERS) == 0;
  }

  /** The JVM writes the head last. It warns of a file without one, and then runs without any. */
  private static boolean isWhole(Path archive) throws IOException {
    if (!Files.isRegularFile(archive) || Files.size(archive) < LEAST_BYTES) {
      return false;
    }
    try (DataInputStream head = new DataInputStream(Files.newInputStream(archive))) {
      return head.readInt() != 0;
    }
  }

  /**
   * Returns true for the first download with this jar, and leaves an empty file for the next one.
   * To make the archive takes a second at the end of a run, in vain in a container that is used
   * once. Deletes the files of a jar that was here before.
   */
  private static boolean isFirst(Path folder, String prefix, Path used) throws IOException {
    if (Files.exists(used)) {
      return false;
    }
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path other : old) {
        Files.deleteIfExists(other);
      }
    }
    Files.createFile(used);
    return true;
  }

  /** The JVM accepts an archive only with the same Java and the same jar. */
  private static String state(Path jar) throws IOException {
    return String.join(
        " ",
        System.getProperty("java.vm.version"),
        System.getProperty("java.home"),
        Long.toString(Files.size(jar)),
        Long.toString(Files.getLastModifiedTime(jar).toMillis()));
  }

  /** The JVM refuses a cache of another jar. */
  private static boolean isNewer(Path cache, Path jar) throws IOException {
    return Files.isRegularFile(cache)
        && Files.getLastModifiedTime(cache).toMillis() > Files.getLastModifiedTime(jar).toMillis();
  }

  /** The JVM's options are passed on as bytes, so that others would have to be encoded. */
  private static boolean isAscii(Path path) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(path.toString());
  }
}
