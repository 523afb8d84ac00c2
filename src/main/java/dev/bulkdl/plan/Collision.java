package dev.bulkdl.plan;

import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.Redaction;

/**
 * The reason why two rows of a manifest cannot both be downloaded.
 *
 * @param line the line of the later row, which is bad
 * @param otherLine the line of the row that keeps the path
 */
record Collision(long line, long otherLine, Kind kind) {

  /** How the later row's target conflicts with the other one's. */
  enum Kind {
    /** The whole row is the same. It is left out, and is no error. */
    REPEATED("is the same row as line %d"),
    SAME("is also the file of line %d"),
    INSIDE_FILE("lies in a folder that has the name of the file of line %d"),
    IS_FOLDER("is a folder for the file of line %d"),
    IS_PARTIAL("is the name of a partial file of line %d"),
    HAS_PARTIAL("would have a partial file with a name that line %d uses");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** Returns the message for the later row. */
  String describe(TargetName target) {
    return "'" + Redaction.printable(target.value()) + "' " + String.format(kind.text, otherLine);
  }
}
