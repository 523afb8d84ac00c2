package dev.bulkdl.serve.job;

/** The order of a list of jobs. */
public enum JobOrder {
  /** As they are to start; below those that have ended, the newest first. */
  QUEUE(
      "CASE WHEN j.ended IS NULL THEN (10 - j.priority) * 1000000000000 + j.pos"
          + " ELSE 100000000000000000 - j.ended END"),
  NEWEST("-j.created"),
  NAME("j.name");

  private final String key;

  JobOrder(String key) {
    this.key = key;
  }

  /** The expression that the list is sorted by, before the id. */
  String key() {
    return key;
  }

  /** Returns the key of a cursor as the database compares it. */
  Object value(Cursor cursor) {
    return this == NAME ? cursor.key() : (Object) cursor.number();
  }
}
