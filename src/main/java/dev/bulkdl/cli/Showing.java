package dev.bulkdl.cli;

import dev.bulkdl.board.Board;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.report.ProgressLines;
import java.util.Optional;

/**
 * What is shown of a run while it lasts: the board where it is wanted and there is a terminal for
 * it, else lines.
 */
final class Showing implements AutoCloseable {

  private final Optional<Board> board;
  private final TransferListener listener;

  private Showing(Optional<Board> board, TransferListener listener) {
    this.board = board;
    this.listener = listener;
  }

  /**
   * Begins.
   *
   * @param stop what stops the run, and all that goes along with it
   */
  static Showing open(OutputOptions output, Terminal terminal, RunControl control, Runnable stop) {
    Optional<Board> board =
        output.board()
            ? Board.open(control, stop, terminal.environment(), terminal.charset(), output.detail())
            : Optional.empty();
    return new Showing(
        board,
        board.isPresent()
            ? board.get()
            : new ProgressLines(terminal.err()::println, output.detail(), ProgressLines.INTERVAL));
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
