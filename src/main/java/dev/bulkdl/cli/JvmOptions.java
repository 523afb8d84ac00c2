package dev.bulkdl.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JVM options that bulkdl starts itself again with. A JVM compiles more code than a run of an
 * hour needs: for 50,000 small files its optimizing compiler took a third of the processor time.
 * With these options it compiles short methods for themselves, which takes less than half of that.
 * They are those of {@code scripts/bulkdl}. Pure.
 */
final class JvmOptions {

  /** The last option that a restart adds. It shows that there was one. */
  static final String MARK = "-Dbulkdl.restarted=yes";

  private static final String JAR = "-jar";

  private static final List<String> QUICK =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UseSerialGC",
          "-XX:InlineSmallCode=500",
          "-XX:FreqInlineSize=100",
          "-XX:MaxInlineLevel=4");

  private static final List<String> QUIET =
      List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-Xlog:cds*=off:stderr");

  /** A user who chose among other options, such as the collector, keeps the JVM as it is. */
  private static final List<String> HARMLESS =
      List.of("-D", "-Xmx", "-Xms", "-Xss", "--enable-native-access=", "--add-opens=");

  private static final Set<String> HARMLESS_WORDS = Set.of("-ea", "-esa", "-server");

  /** Variables from which a JVM takes options of the user. */
  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "_JAVA_OPTIONS=");

  private JvmOptions() {}

  /**
   * Returns the words of the command line with the options of bulkdl.
   *
   * @param words the command line, the program first
   * @param environment the variables, each {@code NAME=value}
   * @param cache the file with the classes of bulkdl as the JVM keeps them (AOT cache), if any
   * @return empty if the JVM was not started by {@code java -jar}, has options of the user that
   *     could contradict, or was started again already
   */
  static Optional<List<String>> better(
      List<String> words, List<String> environment, Optional<Path> cache) {
    int jar = words.indexOf(JAR);
    boolean areOthers =
        jar < 1
            || !words.subList(1, jar).stream().allMatch(JvmOptions::isHarmless)
            || environment.stream().anyMatch(JvmOptions::holdsOptions);
    if (areOthers || words.subList(1, jar).contains(MARK)) {
      return Optional.empty();
    }
    List<String> changed = new ArrayList<>();
    changed.add(words.getFirst());
    changed.addAll(QUICK);
    cache.ifPresent(
        file -> {
          changed.add("-XX:AOTCache=" + file);
          changed.addAll(QUIET);
          changed.add("-Xlog:aot*=off:stderr");
        });
    changed.add(MARK);
    changed.addAll(words.subList(1, words.size()));
    return Optional.of(changed);
  }

  private static boolean isHarmless(String option) {
    return HARMLESS_WORDS.contains(option) || HARMLESS.stream().anyMatch(option::startsWith);
  }

  private static boolean holdsOptions(String variable) {
    return VARIABLES.stream().anyMatch(name -> variable.startsWith(name));
  }

  /** Returns the options of the user: those behind the mark, or all if there was no restart. */
  static List<String> withoutOurs(List<String> options) {
    return options.subList(options.indexOf(MARK) + 1, options.size());
  }
}
