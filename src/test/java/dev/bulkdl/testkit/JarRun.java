package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A command line of the real jar: {@code JarRun.of("get", url).in(folder).run()}. Immutable: each
 * method returns a new one.
 *
 * <p>The jar is the system property {@code bulkdl.jar}, or {@code target/bulkdl.jar}. The Java is
 * the one that runs the tests. Variables of the tests' environment that would affect bulkdl or its
 * JVM are not passed on.
 */
public record JarRun(
    List<String> prefix,
    List<String> jvmOptions,
    List<String> arguments,
    Map<String, String> environment,
    Path folder,
    String input) {

  public static JarRun of(Object... arguments) {
    return new JarRun(
        List.of(), List.of(), strings(arguments), Map.of(), Path.of("").toAbsolutePath(), "");
  }

  /** Appends arguments. */
  public JarRun and(Object... more) {
    return new JarRun(prefix, jvmOptions, plus(arguments, more), environment, folder, input);
  }

  /** Sets the working folder. */
  public JarRun in(Path workingFolder) {
    return new JarRun(prefix, jvmOptions, arguments, environment, workingFolder, input);
  }

  public JarRun env(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new JarRun(prefix, jvmOptions, arguments, more, folder, input);
  }

  /** Sets JVM options, such as {@code -Xmx256m}. */
  public JarRun jvm(String... options) {
    return new JarRun(
        prefix, plus(jvmOptions, (Object[]) options), arguments, environment, folder, input);
  }

  /** Sets JVM options for a short life. {@link QuickStart} says which. */
  public JarRun quick() {
    return jvm(QuickStart.options().toArray(String[]::new));
  }

  /** Sets the content of standard input. It is empty by default. */
  public JarRun stdin(String text) {
    return new JarRun(prefix, jvmOptions, arguments, environment, folder, text);
  }

  /**
   * Runs it under another command, such as {@code under("sh", "-c", "ulimit -n 256; exec \"$@\"",
   * "sh")}. Without {@code exec} signals reach that command instead.
   */
  public JarRun under(String... command) {
    return new JarRun(List.of(command), jvmOptions, arguments, environment, folder, input);
  }

  /** Runs the command and waits for its end. */
  public BulkdlProcess.Result run() {
    return run(jar());
  }

  /** Runs the command with another file of the program, and waits for its end. */
  public BulkdlProcess.Result run(Path jar) {
    try (BulkdlProcess process = start(jar)) {
      return process.awaitExit();
    }
  }

  public BulkdlProcess start() {
    return start(jar());
  }

  /** Returns the jar that is run. */
  public static Path jar() {
    return Path.of(System.getProperty("bulkdl.jar", "target/bulkdl.jar")).toAbsolutePath();
  }

  BulkdlProcess start(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new AssertionError("no " + jar + ": build it with mvn -q -Dquick package");
    }
    ProcessBuilder builder = new ProcessBuilder(command(jar)).directory(folder.toFile());
    Map<String, String> env = builder.environment();
    env.keySet().removeIf(JarRun::steers);
    env.put("XDG_CACHE_HOME", jar.resolveSibling("test-cache").toString());
    env.putAll(environment);
    try {
      return new BulkdlProcess(builder.start(), input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(Path jar) {
    List<String> command = new ArrayList<>(Signals.undoIgnoring());
    command.addAll(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    return command;
  }

  private static boolean steers(String name) {
    return name.startsWith("BULKDL_")
        || name.toLowerCase(Locale.ROOT).endsWith("_proxy")
        || List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").contains(name);
  }

  private static List<String> strings(Object... values) {
    return Arrays.stream(values).map(String::valueOf).toList();
  }

  private static List<String> plus(List<String> first, Object... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(strings(more));
    return List.copyOf(all);
  }
}
