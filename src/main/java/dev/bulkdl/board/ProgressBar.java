package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.ByteRanges;
import java.util.List;

/** A progress bar. Each part of the file is drawn at its position in the file. */
final class ProgressBar {

  private final long total;
  private final long[] done;
  private final boolean[] begun;
  private final boolean[] ahead;
  private final boolean[] busy;

  private ProgressBar(long total, int columns) {
    this.total = total;
    done = new long[columns];
    begun = new boolean[columns];
    ahead = new boolean[columns];
    busy = new boolean[columns];
  }

  /** Draws the layout of a file of {@code total} bytes. */
  static void draw(StyledText styled, SegmentLayout layout, long total, int columns, Theme look) {
    ProgressBar bar = new ProgressBar(total, columns);
    if (total > 0) {
      layout.written().list().forEach(bar::addWritten);
      layout.pieces().forEach(bar::addPiece);
    }
    bar.draw(styled, look);
  }

  /** Draws a bar that is filled from its start: {@code amount} of {@code whole}. */
  static void draw(StyledText styled, long amount, long whole, int columns, Theme look) {
    SegmentLayout layout = new SegmentLayout(ByteRanges.prefix(Math.min(amount, whole)), List.of());
    draw(styled, layout, whole, columns, look);
  }

  private void addWritten(ByteRanges.Span span) {
    addDone(span.start(), span.end());
  }

  private void addPiece(SegmentLayout.Piece piece) {
    long end = Math.min(piece.end(), total);
    if (piece.position() >= end) {
      return;
    }
    int last = cell(end - 1);
    for (int i = cell(piece.position()); i <= last; i++) {
      ahead[i] = true;
    }
    busy[cell(piece.position())] = true;
  }

  private void addDone(long start, long spanEnd) {
    long end = Math.min(spanEnd, total);
    for (long at = start; at < end; ) {
      int cell = cell(at);
      long next = Math.min(end, start(cell + 1));
      done[cell] += next - at;
      begun[cell] |= at == start(cell);
      at = next;
    }
  }

  /** The offset of a cell's first byte. Does not overflow for any file length. */
  private long start(int cell) {
    return (long) Math.ceil((double) total * cell / done.length);
  }

  private int cell(long at) {
    int guess = (int) ((double) at * done.length / total);
    int cell = Math.clamp(guess, 0, done.length - 1);
    while (cell > 0 && start(cell) > at) {
      cell--;
    }
    while (cell < done.length - 1 && start(cell + 1) <= at) {
      cell++;
    }
    return cell;
  }

  private void draw(StyledText styled, Theme look) {
    StringBuilder run = new StringBuilder();
    Paint paint = Paint.PLAIN;
    for (int i = 0; i < done.length; i++) {
      if (i > 0 && total > 0 && size(i) == 0) {
        run.append(run.charAt(run.length() - 1)); // the file has fewer bytes than the bar has cells
        continue;
      }
      Paint next = paint(i);
      if (next != paint) {
        styled.put(run.toString(), paint);
        run.setLength(0);
        paint = next;
      }
      run.append(sign(i, look));
    }
    styled.put(run.toString(), paint);
  }

  private Paint paint(int cell) {
    if (isFull(cell)) {
      return Paint.DONE;
    }
    return busy[cell] || ahead[cell] ? Paint.BUSY : done[cell] > 0 ? Paint.DONE : Paint.DIM;
  }

  private char sign(int cell, Theme look) {
    if (isFull(cell)) {
      return look.full();
    }
    if (busy[cell]) {
      return look.busy(steps(cell));
    }
    if (done[cell] > 0) {
      return begun[cell] ? look.beginning(steps(cell)) : look.rest();
    }
    return ahead[cell] ? look.ahead() : look.idle();
  }

  private int steps(int cell) {
    return (int) (Theme.STEPS * done[cell] / size(cell));
  }

  private boolean isFull(int cell) {
    return total > 0 && done[cell] >= size(cell);
  }

  private long size(int cell) {
    return start(cell + 1) - start(cell);
  }
}
