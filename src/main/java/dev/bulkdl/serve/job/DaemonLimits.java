package dev.bulkdl.serve.job;

import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The limits of all jobs together. The rate is the timetable's, if there is one. Thread-safe. */
final class DaemonLimits {

  private static final String LIMITS = "limits";
  private static final String TIMETABLE = "timetable";

  /** One change comes after another. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Database database;
  private final TransferEngine engine;
  private final JobSettings settings;
  private final Runner runner;
  private volatile JobLimits limits = JobLimits.NONE;
  private volatile Timetable timetable = Timetable.NONE;

  DaemonLimits(Database database, TransferEngine engine, JobSettings settings, Runner runner) {
    this.database = database;
    this.engine = engine;
    this.settings = settings;
    this.runner = runner;
  }

  void load() {
    limits = database.read(sql -> value(sql, LIMITS)).map(JobJson::limits).orElse(limits);
    timetable =
        database.read(sql -> value(sql, TIMETABLE)).map(JobJson::timetable).orElse(timetable);
    apply();
  }

  private static Optional<String> value(Sql sql, String key) throws SQLException {
    return sql.first("SELECT value FROM settings WHERE key = ?", row -> row.getString(1), key);
  }

  private void store(String key, String value) {
    database.write(
        sql ->
            sql.update(
                "INSERT INTO settings (key, value) VALUES (?, ?)"
                    + " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                key,
                value));
  }

  JobLimits get() {
    return limits;
  }

  Timetable timetable() {
    return timetable;
  }

  /**
   * @param check sees what held until now, and throws to refuse the change
   */
  void set(JobLimits all, Consumer<JobLimits> check) {
    inTurn(
        () -> {
          check.accept(limits);
          store(LIMITS, JobJson.write(all));
          limits = all;
        });
  }

  /**
   * @param check sees what held until now, and throws to refuse the change
   */
  void set(Timetable all, Consumer<Timetable> check) {
    inTurn(
        () -> {
          check.accept(timetable);
          store(TIMETABLE, JobJson.write(all));
          timetable = all;
        });
  }

  private void inTurn(Runnable change) {
    lock.lock();
    try {
      change.run();
      apply();
    } finally {
      lock.unlock();
    }
  }

  private void apply() {
    engine.limitConnections(
        limits.connections().orElse(settings.engine().maxConnections()),
        limits.perHost().orElse(settings.engine().maxPerHost()));
    engine.limitRate(
        timetable.table().limits() ? timetable.table() : limits.rate().orElse(RateTable.UNLIMITED));
    runner.limit(limits);
  }
}
