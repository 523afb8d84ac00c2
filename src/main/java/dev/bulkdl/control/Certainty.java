package dev.bulkdl.control;

/** How certain it is that a server refused a request because it has too many. */
public enum Certainty {
  /** The answer says so. */
  SURE(1),
  /** The server is overloaded, or it cannot serve this one URL now. */
  LIKELY(2),
  /** The refusal can have another cause. */
  DOUBTFUL(3);

  private final int needed;

  Certainty(int needed) {
    this.needed = needed;
  }

  /** Returns how many of these in ten seconds mean that the server has too many requests. */
  int needed() {
    return needed;
  }
}
