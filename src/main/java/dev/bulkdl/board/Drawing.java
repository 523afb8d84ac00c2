package dev.bulkdl.board;

import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * The lines at the end of a terminal, of which only what changes is written. The cursor stays at
 * the beginning of the last one. Not thread-safe.
 */
final class Drawing {

  private final Terminal terminal;
  private final Lines lines;
  private List<AttributedString> shown = List.of();
  private Size size = Size.of(0, 0);

  Drawing(Terminal terminal) {
    this.terminal = terminal;
    lines = new Lines(terminal);
  }

  /** A display that can be told that its lines are gone. */
  private static final class Lines extends Display {
    private Lines(Terminal terminal) {
      super(terminal, false);
      setScrollOptimization(false);
    }

    private void begin(Size size) {
      reset();
      cursorPos = 0;
      resize(size);
    }
  }

  /**
   * Shows these lines in place of those before.
   *
   * @param above lines that are written before them once, and scroll away upwards
   */
  void show(List<AttributedString> now, List<String> above, Size sizeNow) {
    if (!above.isEmpty() || !sizeNow.equals(size)) {
      erase(sizeNow);
      above.forEach(terminal.writer()::println);
      size = sizeNow;
      lines.begin(size);
    }
    lines.update(ended(now), (now.size() - 1) * (size.getColumns() + 1), true);
    shown = now;
  }

  /**
   * Takes the lines away, each by itself; what is written next stands in their place. A terminal
   * that is cleared from its first column and row on may keep what stood there among what has
   * scrolled away.
   */
  void erase(Size sizeNow) {
    if (shown.isEmpty()) {
      return;
    }
    terminal.puts(Capability.carriage_return);
    terminal.puts(Capability.clr_eos);
    int up = rowsAboveLast(sizeNow);
    for (int i = 0; i < up; i++) {
      terminal.puts(Capability.cursor_up);
      terminal.puts(Capability.clr_eol);
    }
    terminal.flush();
    shown = List.of();
    lines.begin(sizeNow);
  }

  /** A terminal that became narrower has broken lines that no longer fit. */
  private int rowsAboveLast(Size sizeNow) {
    return shown.subList(0, shown.size() - 1).stream()
        .mapToInt(line -> Math.max(1, Math.ceilDiv(line.columnLength(), sizeNow.getColumns())))
        .sum();
  }

  private static List<AttributedString> ended(List<AttributedString> lines) {
    List<AttributedString> ended = new ArrayList<>(lines.size());
    for (AttributedString line : lines) {
      ended.add(new AttributedStringBuilder().append(line).append('\n').toAttributedString());
    }
    return ended;
  }
}
