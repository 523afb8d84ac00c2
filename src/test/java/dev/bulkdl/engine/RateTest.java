package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Engine;
import dev.bulkdl.Run;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.testkit.MeteredServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Rate limits as the server sees them. A busy machine can only make a run slower than its limit, so
 * these tests assert that it is never faster.
 */
class RateTest extends EngineFixture {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MIB = 1 << 20;

  private final MeteredServer metered = new MeteredServer();

  @AfterEach
  void close() {
    metered.close();
  }

  private List<Download> files(int count, int bytes) {
    settings = settings.with(Limits.DEFAULTS);
    return metered.files(count, bytes);
  }

  private static RateTable perSecond(long bytes) {
    return RateTable.always(Rate.of(bytes));
  }

  /**
   * @param connections how many connections have filled their buffers at most
   */
  private void assertNeverMoreThan(long rate, int connections) {
    long buffers = (long) connections * MeteredServer.IN_FLIGHT;
    assertThat(metered.mostIn(SECOND)).isLessThan((long) (1.1 * rate) + buffers);
  }

  private static long lasted(long start) {
    return System.nanoTime() - start;
  }

  @Test
  void theWholeRunKeepsToItsRate() {
    List<Download> files = files(6, MIB);
    settings = settings.with(RateLimits.NONE.withTotal(perSecond(2 * MIB)));
    long start = System.nanoTime();
    run(files);
    assertThat(report().exitCode()).isZero();
    assertThat(lasted(start)).isGreaterThan((long) (0.97 * 3 * SECOND));
    assertNeverMoreThan(2 * MIB, metered.requests().size());
  }

  @Test
  void eachConnectionKeepsToItsRate() {
    List<Download> files = files(3, MIB / 2);
    settings =
        settings
            .with(settings.limits().withSegments(1, MIB))
            .with(RateLimits.NONE.withPerConnection(perSecond(MIB / 4)));
    long start = System.nanoTime();
    run(files);
    assertThat(report().exitCode()).isZero();
    assertThat(lasted(start)).isGreaterThan((long) (0.95 * 2 * SECOND));
    assertNeverMoreThan(3 * MIB / 4, 3);
  }

  @Test
  void theConnectionsToEachHostKeepToTheirRate() {
    try (MeteredServer other = new MeteredServer()) {
      List<Download> files = files(4, MIB / 2);
      files.add(
          Download.of(
              "g", URI.create(other.uri("/1024/g").toString().replace("127.0.0.1", "localhost"))));
      settings = settings.with(RateLimits.NONE.withPerHost(perSecond(MIB)));
      long start = System.nanoTime();
      run(files);
      assertThat(report().exitCode()).isZero();
      assertThat(lasted(start)).isGreaterThan((long) (0.95 * 2 * SECOND));
      assertNeverMoreThan(MIB, metered.requests().size());
    }
  }

  /**
   * A connection that waits for its limit longer than the idle timeout is neither idle nor slow.
   */
  @Test
  void aLimitedConnectionIsNeitherIdleNorSlow() {
    List<Download> files = files(4, 8 * KIB);
    settings =
        settings
            .with(settings.timeouts().withIdle(millis(400)).withMinSpeed(16 * KIB, millis(200)))
            .with(RateLimits.NONE.withTotal(perSecond(10 * KIB)));
    long start = System.nanoTime();
    run(files);
    assertThat(report().exitCode()).isZero();
    assertThat(lasted(start)).isGreaterThan(3 * SECOND);
    assertThat(watch.seen(TransferEvent.Retrying.class)).isEmpty();
  }

  /** Where the limit binds, more connections would only be open. */
  @Test
  void theNumberOfConnectionsDoesNotGrow() {
    List<Download> files = files(1, 3 * MIB);
    settings = settings.with(RateLimits.NONE.withTotal(perSecond(MIB)));
    run(files);
    assertThat(report().exitCode()).isZero();
    assertThat(metered.requests().size()).isLessThanOrEqualTo(6);
  }

  /** From 64 KiB a second, the file would take an hour. */
  @Test
  void aChangedRateHoldsAtOnce() {
    List<Download> files = files(2, 128 * MIB);
    settings = settings.with(RateLimits.NONE.withTotal(perSecond(64 * KIB)));
    steered(
        files,
        run -> {
          watch.awaitProgress(progress -> progress.received() > 0);
          run.limitRate(Rate.UNLIMITED);
        });
    assertThat(report().exitCode()).isZero();
  }

  /**
   * By the old limit, 8 MiB would arrive in that time. A buffer that is there already is written.
   */
  @Test
  void aLimitCanBeginInMidRun() throws InterruptedException {
    List<Download> files = files(1, 64 * MIB);
    settings = settings.with(RateLimits.NONE.withTotal(perSecond(4 * MIB)));
    long[] atChange = new long[1];
    steered(
        files,
        run -> {
          watch.awaitProgress(progress -> progress.received() > MIB);
          run.limitRate(Rate.of(16 * KIB));
          atChange[0] = run.progress().received();
          assertThat(run.await(Duration.ofSeconds(2))).isEmpty();
          assertThat(run.progress().received() - atChange[0]).isLessThan(MIB);
          run.limitRate(Rate.UNLIMITED);
        });
    assertThat(report().exitCode()).isZero();
  }

  @Test
  void allRunsOfAnEngineShareItsLimit() throws IOException {
    List<Download> files = files(2, MIB);
    try (Engine engine = Engine.start()) {
      engine.limitRate(perSecond(MIB));
      long start = System.nanoTime();
      Run first = BulkDownloader.into(temp.resolve("1")).engine(engine).build().start(files);
      Run second = BulkDownloader.into(temp.resolve("2")).engine(engine).build().start(files);
      assertThat(first.await().isComplete()).isTrue();
      assertThat(second.await().isComplete()).isTrue();
      assertThat(lasted(start)).isGreaterThan((long) (0.97 * 4 * SECOND));
    }
  }
}
