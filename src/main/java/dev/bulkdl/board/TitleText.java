package dev.bulkdl.board;

import dev.bulkdl.report.HumanFormat;
import java.util.List;

/**
 * The title of the terminal window. It shows the state of the run even if the window is minimised.
 */
final class TitleText {

  private static final List<String> WITH_TITLES =
      List.of(
          "xterm",
          "screen",
          "tmux",
          "rxvt",
          "alacritty",
          "foot",
          "gnome",
          "konsole",
          "vte",
          "st-",
          "wezterm",
          "ghostty",
          "contour");

  private TitleText() {}

  /** True if terminals of this type have a title. Others would print the escape sequence. */
  static boolean isKnownTo(String terminalType) {
    return WITH_TITLES.stream().anyMatch(terminalType::startsWith);
  }

  /** The escape sequence that saves the current title on the terminal's own stack. */
  static String push() {
    return "\033[22;2t";
  }

  static String set(String title) {
    return "\033]2;" + title + "\007";
  }

  /**
   * The escape sequences that restore the saved title. On a terminal without such a stack the title
   * becomes empty.
   */
  static String pop() {
    return set("") + "\033[23;2t";
  }

  static String of(BoardModel model, Theme look) {
    StringBuilder title = new StringBuilder("bulkdl");
    HeadText.percent(model).ifPresent(percent -> title.append(' ').append(percent).append('%'));
    title.append(' ').append(model.progress().ended());
    if (model.progress().files() >= 0) {
      title.append('/').append(model.progress().files());
    }
    if (model.progress().failed() > 0) {
      title.append(", ").append(model.progress().failed()).append(" failed");
    }
    switch (model.state()) {
      case RUNNING -> title.append(' ').append(HumanFormat.rate(model.speed().now()));
      case PAUSED -> title.append(" paused");
      case OFFLINE -> title.append(" no network");
      case STOPPING -> title.append(" stopping");
    }
    return look.text(title.append(' ').append(model.title()).toString().strip());
  }
}
