package dev.bulkdl.board;

/** What the middle of the board shows. */
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
