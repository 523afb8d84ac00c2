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
 * Draws lines at the bottom of a terminal and writes only what changed. The cursor stays at the
 * start of the last line. Not thread-safe.
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

  /**
   * A display that can forget what it has drawn, because those lines are no longer on the terminal.
   */
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
   * Replaces the lines that are shown.
   *
   * @param above lines that are printed once above them and then scroll away
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
   * Erases the lines. The next output takes their place. Each line is cleared by itself: a terminal
   * that is cleared from its top left corner may keep the cleared text in its scrollback.
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

  /** A terminal that became narrower has wrapped the lines that no longer fit. */
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
