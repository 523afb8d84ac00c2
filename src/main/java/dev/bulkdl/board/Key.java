package dev.bulkdl.board;

/** The keys of the board. */
enum Key {
  PAUSE,
  PAUSE_CHOSEN,
  MORE,
  FEWER,
  RATE,
  CONNECTIONS,
  PER_HOST,
  UP,
  DOWN,
  PAGE_UP,
  PAGE_DOWN,
  HOME,
  END,
  CANCEL,
  RETRY,
  STOP,
  HELP,
  NEXT_VIEW,
  FILES,
  HOSTS,
  FAILURES,
  LOG,
  QUEUE,
  DONE,
  OTHER;

  /** Returns the key for these characters, which a terminal sends for one key press. */
  static Key of(String sequence) {
    return switch (sequence) {
      case "p", " " -> PAUSE;
      case "+", "=" -> MORE;
      case "-" -> FEWER;
      case "k", "\033[A", "\033OA" -> UP;
      case "j", "\033[B", "\033OB" -> DOWN;
      case "\033[5~" -> PAGE_UP;
      case "\033[6~" -> PAGE_DOWN;
      case "g", "\033[H", "\033OH", "\033[1~" -> HOME;
      case "G", "\033[F", "\033OF", "\033[4~" -> END;
      case "z" -> PAUSE_CHOSEN;
      case "l" -> RATE;
      case "c" -> CONNECTIONS;
      case "h" -> PER_HOST;
      case "x" -> CANCEL;
      case "R" -> RETRY;
      case "q" -> STOP;
      case "?" -> HELP;
      case "\t" -> NEXT_VIEW;
      case "1" -> FILES;
      case "2" -> HOSTS;
      case "3" -> FAILURES;
      case "4" -> LOG;
      case "5" -> QUEUE;
      case "6" -> DONE;
      default -> OTHER;
    };
  }

  /** True if this is an incomplete ANSI escape sequence, so more characters may follow. */
  static boolean isBeginning(String sequence) {
    return sequence.equals("\033")
        || sequence.equals("\033O")
        || sequence.matches("\033\\[[0-9;]*");
  }
}
