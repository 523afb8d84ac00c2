package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Engine;
import dev.bulkdl.Run;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Polling;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that share one engine by weight. */
class WeightTest extends EngineFixture {

  private static final int MIB = 1024 * KIB;
  private static final int ROWS = 100_000;
  private static final Payload LARGE = new Payload(3, 64 * MIB);
  private static final Payload SMALL = new Payload(4, 32 * KIB);

  private BulkDownloader.Builder into(Engine engine, String name) {
    return BulkDownloader.into(temp.resolve(name)).adaptive(false).engine(engine);
  }

  /** Files of the server's path. */
  private List<Download> files(String path, int count) {
    return new AbstractList<>() {
      @Override
      public Download get(int index) {
        return Download.of("f" + index, server.uri(path));
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /** The one has many rows and connections, the other a single file. */
  @Test
  void equalRunsGetTheSamePartOfTheRate() throws IOException {
    assertSharesOfTheRate(100, 1);
  }

  @Test
  void aRunOfTwiceTheWeightGetsTwiceAsMuch() throws IOException {
    assertSharesOfTheRate(200, 2);
  }

  private void assertSharesOfTheRate(int weight, double times) throws IOException {
    server.serve("/large", LARGE).serve("/small", SMALL);
    try (Engine engine = Engine.start()) {
      engine.limitRate(RateTable.always(Rate.of(2 * MIB)));
      Run many = into(engine, "many").build().start(files("/small", ROWS));
      Polling.await("bytes", many::progress, shown -> shown.received() > MIB);
      Run one =
          into(engine, "one").weight(weight).segments(1, MIB).build().start(files("/large", 1));
      Polling.await("bytes", one::progress, shown -> shown.received() > MIB);
      long manyBefore = many.progress().received();
      long oneBefore = one.progress().received();
      Polling.await("bytes", one::progress, shown -> shown.received() > oneBefore + 12 * MIB);
      double share =
          (double) (one.progress().received() - oneBefore)
              / (many.progress().received() - manyBefore);
      assertThat(share).isBetween(0.95 * times, 1.05 * times);
      many.stop();
      one.stop();
      many.await();
      one.await();
    }
  }

  /** The first run has all connections, with files that last longer than the test. */
  @Test
  void aNewRunGetsItsShareOfTheConnections() throws IOException {
    server.serve("/long", LARGE).always("/long", new Fault.Throttle(256 * KIB));
    server.serve("/other", LARGE).always("/other", new Fault.Throttle(256 * KIB));
    try (Engine engine = Engine.builder().connections(8, 8).start()) {
      Run first = into(engine, "first").segments(1, MIB).build().start(files("/long", 100));
      Polling.await("connections", first::progress, shown -> shown.connections() == 8);
      Run second = into(engine, "second").segments(1, MIB).build().start(files("/other", 100));
      Polling.await("connections", second::progress, shown -> shown.connections() == 4);
      Polling.await("bytes", second::progress, shown -> shown.received() > MIB);
      assertThat(first.progress().connections()).isEqualTo(4);
      assertThat(first.progress().failed()).isZero();
      first.stop();
      Polling.await("connections", second::progress, shown -> shown.connections() == 8);
      second.stop();
      first.await();
      second.await();
    }
  }

  @Test
  void aChangedWeightMovesConnections() throws IOException {
    server.serve("/long", LARGE).always("/long", new Fault.Throttle(64 * KIB));
    server.serve("/other", LARGE).always("/other", new Fault.Throttle(64 * KIB));
    try (Engine engine = Engine.builder().connections(8, 8).start()) {
      Run first = into(engine, "first").segments(1, MIB).build().start(files("/long", 100));
      Run second = into(engine, "second").segments(1, MIB).build().start(files("/other", 100));
      Polling.await("connections", second::progress, shown -> shown.connections() == 4);
      second.weight(300);
      Polling.await("connections", second::progress, shown -> shown.connections() == 6);
      assertThat(first.progress().connections()).isLessThanOrEqualTo(2);
      assertThatThrownBy(() -> second.weight(0)).hasMessage("weight must be at least 1, not 0");
      first.stop();
      second.stop();
      first.await();
      second.await();
    }
  }

  /** Its files are small, and others wait for each connection. */
  @Test
  void aNewRunBeginsThoughAnotherHasManyRows() throws IOException {
    Gate gate = new Gate();
    server.serve("/small", SMALL);
    server.serve("/held", SMALL).always("/held", new Fault.HoldBefore(gate));
    try (Engine engine = Engine.builder().connections(4, 4).start()) {
      Run first = into(engine, "first").build().start(files("/small", ROWS));
      Polling.await("files", first::progress, shown -> shown.completed() > 10);
      Run second = into(engine, "second").build().start(files("/held", 4));
      gate.awaitArrivals(2);
      long before = first.progress().completed();
      Polling.await("files", first::progress, shown -> shown.completed() > before + 10);
      gate.open();
      assertThat(second.await().isComplete()).isTrue();
      first.stop();
      first.await();
    }
  }
}
