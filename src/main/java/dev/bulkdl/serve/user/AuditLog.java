package dev.bulkdl.serve.user;

import dev.bulkdl.serve.store.Database;
import dev.bulkdl.text.Redaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Who did what from where. Kept in the database; the newest entries first. */
public final class AuditLog {

  private static final int LONGEST = 300;

  private final Database database;
  private final InstantSource clock;

  /**
   * One act.
   *
   * @param who the name of the user, or what acted in its place
   */
  public record Entry(
      long seq, Instant at, String who, String what, String target, String address) {}

  /**
   * A part of the log.
   *
   * @param total the number of all entries
   */
  public record Entries(List<Entry> items, long total) {}

  public AuditLog(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Notes one act. Texts from outside are made printable and lose their secrets. */
  public void note(String who, String what, String target, String address) {
    long at = clock.millis();
    database.write(
        sql ->
            sql.update(
                "INSERT INTO audit (at, who, what, target, address) VALUES (?, ?, ?, ?, ?)",
                at,
                safe(who),
                what,
                safe(target),
                safe(address)));
  }

  private static String safe(String text) {
    String shown = Redaction.of(text);
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
  }

  /** Returns the entries before this number, newest first. */
  public Entries before(long seq, int limit) {
    return database.read(
        sql ->
            new Entries(
                sql.list(
                    "SELECT seq, at, who, what, target, address FROM audit WHERE seq < ?"
                        + " ORDER BY seq DESC LIMIT ?",
                    row ->
                        new Entry(
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)),
                    seq,
                    limit),
                sql.number("SELECT count(*) FROM audit")));
  }
}
