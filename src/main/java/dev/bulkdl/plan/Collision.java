package dev.bulkdl.plan;

import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.Redaction;

/**
 * Why two rows of a manifest cannot both be downloaded.
 *
 * @param line the later row's line
 * @param otherLine the line of the row that has the place
 */
record Collision(long line, long otherLine, Kind kind) {

  /** How the later row's target stands to the other's. */
  enum Kind {
    SAME("is also the file of line %d"),
    INSIDE_FILE("lies in a folder that has the name of the file of line %d"),
    IS_FOLDER("is a folder for the file of line %d"),
    IS_PARTIAL("is the name of a partial file of line %d"),
    HAS_PARTIAL("would have a partial file that has the name of what line %d puts there");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** For people. */
  String describe(TargetName target) {
    return "'" + Redaction.printable(target.value()) + "' " + String.format(kind.text, otherLine);
  }
}
