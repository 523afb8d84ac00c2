package dev.bulkdl.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out how the program was started, so that the user can start it again. */
final class Invocation {

  /** The system property in which a launcher passes the word with which it was called. */
  static final String PROPERTY = "bulkdl.calledAs";

  /** The system property in which a restart passes the jar as the user wrote it. */
  static final String JAR_PROPERTY = "bulkdl.jarAsGiven";

  private Invocation() {}

  /** Returns the words that start the program in the shell that has started it now. */
  static List<String> current() {
    String launcher = System.getProperty(PROPERTY, "");
    if (!launcher.isBlank()) {
      return List.of(launcher);
    }
    String jar = System.getProperty("java.class.path", "");
    if (!jar.endsWith(".jar") || jar.contains(File.pathSeparator)) {
      return List.of("bulkdl"); // not from a jar, as in a test
    }
    List<String> words = new ArrayList<>();
    words.add(java());
    words.addAll(jvmOptions());
    words.addAll(List.of("-jar", System.getProperty(JAR_PROPERTY, jar)));
    return words;
  }

  /** Returns the Java that runs this program, in short if the shell finds the same one. */
  private static String java() {
    Path home = Path.of(System.getProperty("java.home"), "bin", "java");
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "java"))
        .filter(Files::isExecutable)
        .findFirst()
        .filter(found -> isSame(found, home))
        .map(found -> "java")
        .orElse(home.toString());
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns the user's options in front of {@code -jar}, without those of a restart; none if the
   * system does not tell them.
   */
  private static List<String> jvmOptions() {
    List<String> all = ProcessHandle.current().info().arguments().map(List::of).orElse(List.of());
    int jar = all.indexOf("-jar");
    return jar < 0 ? List.of() : JvmOptions.withoutOurs(all.subList(0, jar));
  }
}
