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
 * The jar on a terminal that tmux plays: keys go in, the screen comes out. When the jar has ended,
 * the screen stays and says {@code exit N}.
 */
public final class Tmux implements AutoCloseable {

  /** The terminal that programs see, and no line of tmux's own. */
  private static final String CONFIGURATION =
      """
      set -g default-terminal "screen-256color"
      set -g status off
      """;

  /** Signals from keys go to this shell too, which lives on to tell how it ended. */
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

  /** Skips the test if there is none; one line says so. */
  public static void orSkip(String whatIsSkipped) {
    Programs.orSkip(whatIsSkipped, "tmux");
  }

  /** Starts the jar on a terminal of that size. */
  public static Tmux start(JarRun run, int columns, int rows) {
    return start(run, columns, rows, "");
  }

  /** The same, with redirections as a shell takes them, such as {@code >out.txt}. */
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

  /** Keys by tmux's names, such as {@code "p", "Up", "C-c"}. */
  public Tmux keys(String... names) {
    List<String> arguments = new ArrayList<>(List.of("send-keys", "--"));
    arguments.addAll(Arrays.asList(names));
    tmux(arguments.toArray());
    return this;
  }

  public void resize(int columns, int rows) {
    tmux("resize-window", "-x", columns, "-y", rows);
  }

  /** What one sees, without blanks at the ends of lines. */
  public String screen() {
    return tmux("capture-pane", "-p");
  }

  /** The same with the escapes for colours and weights. */
  public String styledScreen() {
    return tmux("capture-pane", "-p", "-e");
  }

  /** What one sees, and what has scrolled away before. */
  public String history() {
    return tmux("capture-pane", "-p", "-J", "-S", "-");
  }

  public String title() {
    return format("#{pane_title}");
  }

  public boolean showsCursor() {
    return format("#{cursor_flag}").equals("1");
  }

  /** How the terminal is set, as stty tells. */
  public String settings() {
    return run(List.of("stty", "-a", "-F", format("#{pane_tty}")));
  }

  /** The same before the jar began. */
  public String settingsBefore() {
    return read("before");
  }

  /** The same after it ended. */
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

  /** Such as {@code signal("TERM")}, to the jar. */
  public void signal(String name) {
    ProcessHandle jar =
        ProcessHandle.of(pid("pane_pid")).flatMap(it -> it.children().findFirst()).orElseThrow();
    Signals.send(name, jar.pid());
  }

  private long pid(String which) {
    return Long.parseLong(format("#{" + which + "}"));
  }

  /** Waits until all these are on the screen at one time, and returns it. */
  public String awaitAll(String... texts) {
    return await(screen -> Arrays.stream(texts).allMatch(screen::contains));
  }

  /** Waits until the screen satisfies the condition, and returns it. */
  public String await(Predicate<String> condition) {
    return Polling.await("the screen", this::screen, condition);
  }

  /** The same for what one sees with what has scrolled away before. */
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

  /** Ends all that runs on it: what lives on would write into folders that tests delete. */
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
