package dev.bulkdl.cli;

import dev.bulkdl.board.Board;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Redaction;
import dev.bulkdl.report.ProgressLines;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is shown of a run while it lasts: the board where it is wanted and there is a terminal for
 * it, else lines.
 */
final class Showing implements AutoCloseable {

  private final Optional<Board> board;
  private final TransferListener listener;
  private final Consumer<String> lines;

  private Showing(Optional<Board> board, TransferListener listener, Consumer<String> lines) {
    this.board = board;
    this.listener = listener;
    this.lines = lines;
  }

  /**
   * Begins.
   *
   * @param stop what stops the run, and all that goes along with it
   */
  static Showing open(OutputOptions output, Terminal terminal, RunControl control, Runnable stop) {
    Optional<Board> board =
        output.board()
            ? Board.open(
                control, stop, terminal.environment(), terminal.err().charset(), output.detail())
            : Optional.empty();
    if (board.isPresent()) {
      return new Showing(board, board.get(), board.get()::say);
    }
    Consumer<String> lines = terminal.err()::println;
    return new Showing(
        board, new ProgressLines(lines, output.detail(), ProgressLines.INTERVAL), lines);
  }

  /** Shows a line that is no event of the run. It may hold secrets and control characters. */
  void say(String line) {
    lines.accept(Redaction.of(line));
  }

  TransferListener listener() {
    return listener;
  }

  /** Nothing more is shown, and the terminal is as it was found. */
  void release() {
    board.ifPresent(Board::release);
  }

  @Override
  public void close() {
    board.ifPresent(Board::close);
  }
}
