package dev.bulkdl.cli;

import dev.bulkdl.app.Console;
import dev.bulkdl.board.Board;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.report.ProgressInterval;
import dev.bulkdl.report.ProgressLines;
import dev.bulkdl.report.ProgressLines.Detail;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The console of the command line. Messages and progress go to standard error, results to standard
 * output. A run is shown on the board if it is wanted and a terminal exists, else in lines.
 *
 * @param detail the amount of progress output
 * @param board true if the board is wanted
 * @param progressInterval the time between two progress lines, if the user gave one
 */
record TerminalConsole(
    Terminal terminal, Detail detail, boolean board, Optional<Duration> progressInterval)
    implements Console {

  /** Returns a console for a command that shows no run. */
  static TerminalConsole plain(Terminal terminal, boolean quiet) {
    return new TerminalConsole(
        terminal, quiet ? Detail.QUIET : Detail.NORMAL, false, Optional.empty());
  }

  @Override
  public InputStream in() {
    return terminal.in();
  }

  @Override
  public OutputStream out() {
    return new CheckedOutput(terminal.out());
  }

  @Override
  public void say(String message) {
    terminal.say(message);
  }

  @Override
  public void note(String message) {
    if (detail != Detail.QUIET) {
      say(message);
    }
  }

  @Override
  public void print(String line) {
    terminal.out().println(line);
  }

  @Override
  public boolean flush() {
    return !terminal.hasLostOutput(); // asking it flushes
  }

  @Override
  public Interrupts interrupts(Runnable stop, Runnable beforeExit) {
    return Signals.stopping(terminal, stop, beforeExit);
  }

  @Override
  public View view(RunControl control, Runnable stop) {
    if (detail == Detail.QUIET) {
      return new LineView(new FailureLines(terminal.err()::println), terminal);
    }
    Optional<Board> opened =
        board
            ? Board.open(control, stop, terminal.environment(), terminal.charset(), detail)
            : Optional.empty();
    return opened.<View>map(BoardView::new).orElseGet(() -> new LineView(lines(), terminal));
  }

  /** Returns the messages about files of a run that shows nothing else. */
  TransferListener fileEvents() {
    return detail == Detail.QUIET
        ? new FailureLines(terminal.err()::println)
        : ProgressLines.ofEvents(terminal.err()::println, detail);
  }

  /** Returns progress as lines on standard error. */
  ProgressLines lines() {
    ProgressInterval usual =
        Board.hasTerminal() ? ProgressInterval.TERMINAL : ProgressInterval.GROWING;
    ProgressInterval interval =
        progressInterval.map(given -> new ProgressInterval(given, false)).orElse(usual);
    return new ProgressLines(terminal.err()::println, detail, interval, InstantSource.system());
  }

  /** A print stream hides its errors; this one reports them. */
  private static final class CheckedOutput extends OutputStream {
    private final PrintStream out;

    private CheckedOutput(PrintStream out) {
      this.out = out;
    }

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      if (out.checkError()) {
        throw new IOException("a full disk or a closed pipe");
      }
    }
  }

  private record BoardView(Board board) implements View {
    @Override
    public TransferListener listener() {
      return board;
    }

    @Override
    public void say(String line) {
      board.say(Redaction.of(line));
    }

    @Override
    public void release() {
      board.release();
    }

    @Override
    public void close() {
      board.close();
    }
  }

  private record LineView(TransferListener listener, Terminal terminal) implements View {
    @Override
    public void say(String line) {
      terminal.err().println(Redaction.of(line));
    }

    @Override
    public void release() {}

    @Override
    public void close() {}
  }
}
