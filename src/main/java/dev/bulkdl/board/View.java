package dev.bulkdl.board;

/** The views that the middle of the board can show, in the order of their keys. */
enum View {
  FILES,
  HOSTS,
  FAILURES,
  LOG,
  QUEUE,
  DONE;

  View next() {
    return switch (this) {
      case FILES -> HOSTS;
      case HOSTS -> FAILURES;
      case FAILURES -> LOG;
      case LOG -> QUEUE;
      case QUEUE -> DONE;
      case DONE -> FILES;
    };
  }
}
