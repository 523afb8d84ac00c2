package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each test hangs, and then fails, when a reader is not woken. */
@Timeout(30)
class ReadTicksTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final ReadTicks ticks = new ReadTicks();

  @Test
  void aReaderWaitsAboutAsLongAsItWants() {
    long start = System.nanoTime();
    ticks.await(TimeUnit.MILLISECONDS.toNanos(20), () -> false);
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(17));
    ticks.close();
  }

  @Test
  void manyReadersAreWokenAgainAndAgain() throws InterruptedException {
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      readers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int round = 0; round < 20; round++) {
                      ticks.await(1, () -> false);
                    }
                  }));
    }
    for (Thread reader : readers) {
      reader.join();
    }
    ticks.close();
  }

  @Test
  void aStopEndsTheWait() throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    Thread reader = Thread.ofVirtual().start(() -> ticks.await(HOUR, stopped::get));
    stopped.set(true);
    LockSupport.unpark(reader);
    reader.join();
    ticks.close();
  }

  @Test
  void closingEndsTheWait() throws InterruptedException {
    Thread reader = Thread.ofVirtual().start(() -> ticks.await(HOUR, () -> false));
    ticks.close();
    reader.join();
  }
}
