package dev.bulkdl.peers;

/** What came of an attempt. */
enum Verdict {
  /** Exit 0, and every file is as it should be. */
  RIGHT("right"),
  /** An error, and said so. */
  ERROR("error"),
  /** Exit 0, and a file holds other bytes than it should. */
  WRONG("**WRONG**"),
  /** Exit 0, and a file is not there. */
  MISSING("**no file**"),
  /** No end within two minutes, or a disk that fills up. */
  ENDLESS("**endless**");

  final String text;

  Verdict(String text) {
    this.text = text;
  }

  boolean isFair() {
    return this == RIGHT || this == ERROR;
  }
}
