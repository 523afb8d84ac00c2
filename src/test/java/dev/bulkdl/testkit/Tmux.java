package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Runs the jar on a terminal of tmux: the test sends keys and reads the screen. After the jar has
 * ended, the screen stays and shows {@code exit N}.
 */
public final class Tmux implements AutoCloseable {

  /** Sets the terminal type that programs see, and hides tmux's status line. */
  private static final String CONFIGURATION =
      """
      set -g default-terminal "screen-256color"
      set -g status off
      """;

  /** Signals from keys reach this shell too. It survives them and prints the exit code. */
  private static final String SCRIPT =
      """
      trap : INT TERM HUP
      stty -a >"$HOME_OF_TEST/before"
      %s
      code=$?
      stty -a >"$HOME_OF_TEST/after"
      echo "exit $code"
      exec cat >/dev/null
      """;

  private final Path home;

  private Tmux(Path home) {
    this.home = home;
  }

  /** Skips the test with one line if there is no tmux. */
  public static void orSkip(String whatIsSkipped) {
    Programs.orSkip(whatIsSkipped, "tmux");
  }

  /** Starts the jar on a terminal of this size. */
  public static Tmux start(JarRun run, int columns, int rows) {
    return start(run, columns, rows, "");
  }

  /** Does the same with shell redirections, such as {@code >out.txt}. */
  public static Tmux start(JarRun run, int columns, int rows, String redirections) {
    try {
      Path home = Files.createTempDirectory("tmux");
      Files.writeString(home.resolve("conf"), CONFIGURATION);
      Tmux tmux = new Tmux(home);
      List<String> prefix = new ArrayList<>(tmux.command("-u", "-f", home.resolve("conf")));
      prefix.addAll(List.of("new-session", "-d", "-x", "" + columns, "-y", "" + rows));
      prefix.addAll(List.of("sh", "-c", SCRIPT.formatted("\"$@\" " + redirections), "sh"));
      BulkdlProcess.Result started =
          run.env("HOME_OF_TEST", home.toString()).under(prefix.toArray(String[]::new)).run();
      if (started.exit() != 0) {
        throw new AssertionError("tmux does not start: " + started);
      }
      return tmux;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends keys by tmux's names, such as {@code "p", "Up", "C-c"}. */
  public Tmux keys(String... names) {
    List<String> arguments = new ArrayList<>(List.of("send-keys", "--"));
    arguments.addAll(Arrays.asList(names));
    tmux(arguments.toArray());
    return this;
  }

  public void resize(int columns, int rows) {
    tmux("resize-window", "-x", columns, "-y", rows);
  }

  /** Returns the visible screen, without blanks at the ends of lines. */
  public String screen() {
    return tmux("capture-pane", "-p");
  }

  /** Returns the visible screen with the escape sequences for colours and weights. */
  public String styledScreen() {
    return tmux("capture-pane", "-p", "-e");
  }

  /** Returns the visible screen and the lines that scrolled off it. */
  public String history() {
    return tmux("capture-pane", "-p", "-J", "-S", "-");
  }

  public String title() {
    return format("#{pane_title}");
  }

  public boolean showsCursor() {
    return format("#{cursor_flag}").equals("1");
  }

  /** Returns the settings of the terminal, as stty prints them. */
  public String settings() {
    return run(List.of("stty", "-a", "-F", format("#{pane_tty}")));
  }

  /** Returns the settings before the jar started. */
  public String settingsBefore() {
    return read("before");
  }

  /** Returns the settings after the jar ended. */
  public String settingsAfter() {
    return read("after");
  }

  private String read(String name) {
    try {
      return Files.readString(home.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal to the jar, for example {@code signal("TERM")}. */
  public void signal(String name) {
    ProcessHandle jar =
        ProcessHandle.of(pid("pane_pid")).flatMap(it -> it.children().findFirst()).orElseThrow();
    Signals.send(name, jar.pid());
  }

  private long pid(String which) {
    return Long.parseLong(format("#{" + which + "}"));
  }

  /** Waits until all these texts are on the screen at the same time, and returns the screen. */
  public String awaitAll(String... texts) {
    return await(screen -> Arrays.stream(texts).allMatch(screen::contains));
  }

  /** Waits until the screen satisfies the condition, and returns it. */
  public String await(Predicate<String> condition) {
    return Polling.await("the screen", this::screen, condition);
  }

  /** Waits until the screen with its history satisfies the condition. */
  public void awaitHistory(Predicate<String> condition) {
    Polling.await("the history", this::history, condition);
  }

  public void awaitTitle(Predicate<String> condition) {
    Polling.await("the title", this::title, condition);
  }

  public void awaitSettings(Predicate<String> condition) {
    Polling.await("the settings", this::settings, condition);
  }

  /** Waits for the jar's end. */
  public void awaitExit(int code) {
    await(screen -> screen.contains("exit " + code + "\n"));
  }

  /**
   * Ends all processes of the terminal. A remaining process would write into folders that tests
   * delete.
   */
  @Override
  public void close() {
    Processes.end(Processes.treeOf(pid("pid")));
    Folders.delete(home);
  }

  private String format(String format) {
    return tmux("display-message", "-p", format).strip();
  }

  private String tmux(Object... arguments) {
    return run(command(arguments));
  }

  private List<String> command(Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Programs.find("tmux").orElseThrow().toString());
    command.addAll(List.of("-S", home.resolve("socket").toString()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return command;
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
