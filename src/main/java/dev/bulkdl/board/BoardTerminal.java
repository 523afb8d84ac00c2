package dev.bulkdl.board;

import dev.bulkdl.log.MutedLogger;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.nativ.CLibrary;
import org.jline.nativ.JLineNativeLoader;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal on standard error. It also reads keys if standard input is a terminal. Not
 * thread-safe.
 */
final class BoardTerminal {

  private static final int STDIN = 0;
  private static final int STDERR = 2;
  private static final Path STDERR_LINK = Path.of("/proc/self/fd/2");
  private static final Size USUAL = Size.of(80, 24);

  private final Terminal terminal;
  private final Charset charset;
  private final Theme look;
  private final Optional<TerminalMode> mode;
  private final boolean hasTitle;
  private boolean isEntered;

  private BoardTerminal(Terminal terminal, Charset charset, Theme look, boolean hasKeys) {
    this.terminal = terminal;
    this.charset = charset;
    this.look = look;
    mode = hasKeys ? TerminalMode.now() : Optional.empty();
    hasTitle = TitleText.isKnownTo(terminal.getType());
  }

  /**
   * Opens the terminal. Empty if standard error is not a terminal on which a board can be drawn.
   *
   * @param charset of standard error
   */
  static Optional<BoardTerminal> open(Map<String, String> environment, Charset charset) {
    String type = environment.getOrDefault("TERM", "");
    if (type.isEmpty() || type.startsWith("dumb") || isNoTerminal() || !Foreground.isOurs()) {
      return Optional.empty();
    }
    MutedLogger muted = MutedLogger.of("org.jline");
    try (muted) {
      JLineNativeLoader.initialize();
      if (CLibrary.isatty(STDERR) == 0) {
        return Optional.empty();
      }
      Terminal terminal =
          new DumbTerminal(
              "bulkdl",
              type,
              InputStream.nullInputStream(),
              new FileOutputStream(FileDescriptor.err),
              charset);
      boolean unicode = StandardCharsets.UTF_8.equals(charset);
      boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
      boolean hasKeys = CLibrary.isatty(STDIN) != 0;
      return Optional.of(terminal)
          .filter(BoardTerminal::canDraw)
          .map(it -> new BoardTerminal(it, charset, new Theme(unicode, colour), hasKeys));
    } catch (Exception | LinkageError e) {
      return Optional.empty(); // plain lines work everywhere
    }
  }

  /** A cheap check that avoids loading JLine. If it cannot decide, JLine does. */
  static boolean isNoTerminal() {
    try {
      String file = Files.readSymbolicLink(STDERR_LINK).toString();
      return !file.startsWith("/dev/") || file.equals("/dev/null");
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean canDraw(Terminal terminal) {
    return terminal.getStringCapability(Capability.cursor_up) != null
        && terminal.getStringCapability(Capability.clr_eol) != null
        && terminal.getStringCapability(Capability.clr_eos) != null;
  }

  Terminal terminal() {
    return terminal;
  }

  Theme look() {
    return look;
  }

  /** Characters from the keyboard. Empty if standard input is not a terminal. */
  Optional<NonBlockingReader> keys() {
    return mode.map(
        there ->
            NonBlocking.nonBlocking(
                "keys",
                NonBlocking.nonBlocking("keys", new FileInputStream(FileDescriptor.in)),
                charset));
  }

  /** The current size, or 80 x 24 if the terminal reports none. */
  Size size() {
    CLibrary.WinSize size = new CLibrary.WinSize();
    boolean isKnown = CLibrary.ioctl(STDERR, CLibrary.TIOCGWINSZ, size) == 0;
    return isKnown && size.ws_col > 0 && size.ws_row > 0
        ? Size.of(size.ws_col, size.ws_row)
        : USUAL;
  }

  /** Switches the keyboard to single keys, saves the window title and hides the cursor. */
  void enter() {
    if (isEntered) {
      return;
    }
    isEntered = true;
    mode.ifPresent(TerminalMode::takeKeys);
    if (hasTitle) {
      terminal.writer().write(TitleText.push());
    }
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  void title(String title) {
    if (hasTitle) {
      terminal.writer().write(TitleText.set(title));
      terminal.flush();
    }
  }

  /** Prints these lines and restores the keyboard, the window title and the cursor. */
  void leave(List<String> lines) {
    lines.forEach(terminal.writer()::println);
    if (isEntered) {
      isEntered = false;
      if (hasTitle) {
        terminal.writer().write(TitleText.pop());
      }
      terminal.puts(Capability.cursor_normal);
      mode.ifPresent(TerminalMode::restore);
    }
    terminal.flush();
  }
}
