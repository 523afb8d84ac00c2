package dev.bulkdl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JVM options that bulkdl starts itself again with. They are those of {@code scripts/bulkdl}.
 * Most of a run's work is the kernel's, so that code compiled in haste by the first compiler is
 * fast enough: the optimizing compiler took a third of the processor time of 8 GiB. Where it pays
 * after all, for a long list or the daemon, it compiles short methods for themselves, which takes
 * less than half of its usual time. Pure.
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

  private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  private static final List<String> QUIET =
      List.of(
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "-Xlog:cds*=off:stderr",
          "-Xlog:aot*=off:stderr");

  /** A user who chose among other options, such as the collector, keeps the JVM as it is. */
  private static final List<String> HARMLESS =
      List.of("-D", "-Xmx", "-Xms", "-Xss", "--enable-native-access=", "--add-opens=");

  private static final Set<String> HARMLESS_WORDS = Set.of("-ea", "-esa", "-server");

  /** Variables from which a JVM takes options of the user. */
  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "_JAVA_OPTIONS=");

  private JvmOptions() {}

  /** Which compilers the JVM of a run has. */
  enum Compilers {
    /** Compiles each method once, quickly. */
    FIRST,
    /** Compiles what runs often again, for the best code. */
    BOTH
  }

  /**
   * Returns whether a restart may add options.
   *
   * @param words the command line, the program first
   * @param environment the variables, each {@code NAME=value}
   * @return false if the JVM was not started by {@code java -jar}, has options of the user that
   *     could contradict, or was started again already
   */
  static boolean areOpen(List<String> words, List<String> environment) {
    int option = words.indexOf(JAR);
    return option >= 1
        && option + 1 < words.size()
        && !haveOptions(environment)
        && areHarmless(words.subList(1, option));
  }

  /**
   * Returns the words of the command line with the options of bulkdl.
   *
   * @param words a command line that is open for them
   * @param archive the kept classes of bulkdl, if any
   */
  static List<String> better(
      List<String> words, Compilers compilers, Optional<ClassArchive> archive) {
    int option = words.indexOf(JAR);
    List<String> changed = new ArrayList<>();
    changed.add(words.getFirst());
    changed.addAll(QUICK);
    if (compilers == Compilers.FIRST) {
      changed.add(FIRST_COMPILER_ONLY);
    }
    String jar = words.get(option + 1);
    if (archive.isPresent()) {
      changed.addAll(archive.get().options());
      changed.addAll(QUIET);
      changed.add("-D" + Invocation.JAR_PROPERTY + "=" + jar);
      jar = archive.get().jar().toString();
    }
    changed.add(MARK);
    changed.addAll(words.subList(1, option + 1));
    changed.add(jar);
    changed.addAll(words.subList(option + 2, words.size()));
    return changed;
  }

  private static boolean areHarmless(List<String> options) {
    for (String option : options) {
      if (option.equals(MARK) || !isHarmless(option)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHarmless(String option) {
    return HARMLESS_WORDS.contains(option) || startsWithOne(option, HARMLESS);
  }

  private static boolean haveOptions(List<String> environment) {
    for (String variable : environment) {
      if (startsWithOne(variable, VARIABLES)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWithOne(String text, List<String> starts) {
    for (String start : starts) {
      if (text.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the options of the user: those behind the mark, or all if there was no restart. */
  static List<String> withoutOurs(List<String> options) {
    return options.subList(options.indexOf(MARK) + 1, options.size());
  }
}
