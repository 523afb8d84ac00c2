package dev.bulkdl.serve.store;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Backs a database up once a day until it is closed. A start is not slowed down by it. */
public final class DailyBackup implements AutoCloseable {

  private static final long LOOK_EVERY_MINUTES = 10;

  private final Database database;
  private final InstantSource clock;
  private final Consumer<String> failed;
  private final CountDownLatch closing = new CountDownLatch(1);

  private DailyBackup(Database database, InstantSource clock, Consumer<String> failed) {
    this.database = database;
    this.clock = clock;
    this.failed = failed;
  }

  /**
   * Starts.
   *
   * @param failed gets why a backup could not be made, for people
   */
  public static DailyBackup start(Database database, InstantSource clock, Consumer<String> failed) {
    DailyBackup backup = new DailyBackup(database, clock, failed);
    Thread.ofPlatform().daemon().name("store-backup").start(backup::work);
    return backup;
  }

  private void work() {
    try {
      while (!closing.await(LOOK_EVERY_MINUTES, TimeUnit.MINUTES)) {
        makeIfMissing();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void makeIfMissing() {
    try {
      database.backup(clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
    } catch (IOException e) {
      failed.accept("no backup was made: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
