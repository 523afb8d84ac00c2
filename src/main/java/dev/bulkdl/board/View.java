package dev.bulkdl.board;

/** The views that the middle of the board can show. */
enum View {
  FILES,
  HOSTS,
  FAILURES,
  LOG;

  View next() {
    return switch (this) {
      case FILES -> HOSTS;
      case HOSTS -> FAILURES;
      case FAILURES -> LOG;
      case LOG -> FILES;
    };
  }
}
