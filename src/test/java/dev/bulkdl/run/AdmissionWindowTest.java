package dev.bulkdl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.control.Cancellation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdmissionWindowTest {

  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger inside = new AtomicInteger();

  @AfterEach
  void stop() {
    cancellation.cancel();
  }

  /** Enters until the window is full. The future fails when the cancellation stops the thread. */
  private CompletableFuture<Void> enterFrom(AdmissionWindow window) {
    return CompletableFuture.runAsync(
        () -> {
          while (true) {
            window.enter(cancellation);
            inside.incrementAndGet();
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private void awaitInside(int count) {
    while (inside.get() < count) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1024", "512, 1024", "513, 1026", "2000, 4000"})
  void holdsTwiceWhatMayBeInFlightButNotFew(int maxFiles, int places) {
    CompletableFuture<Void> entering = enterFrom(new AdmissionWindow(maxFiles));
    awaitInside(places);
    cancellation.cancel();
    assertThatThrownBy(entering::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(inside).hasValue(places);
  }

  /** Places are released in batches, but the window never stays full until all files have ended. */
  @Test
  void isFreeAgainBeforeAllHaveLeft() {
    AdmissionWindow window = new AdmissionWindow(1);
    enterFrom(window);
    awaitInside(1024);
    for (int round = 1; round <= 50; round++) {
      for (int left = 0; left < 1000; left++) {
        window.leave();
      }
      awaitInside(1024 + 1000 * round - 128);
    }
  }

  @Test
  void isNeverMoreThanFull() {
    AdmissionWindow window = new AdmissionWindow(1);
    CompletableFuture<Void> entering = enterFrom(window);
    awaitInside(1024);
    for (int left = 0; left < 700; left++) {
      window.leave();
    }
    awaitInside(1024 + 640);
    cancellation.cancel();
    assertThatThrownBy(entering::get).isInstanceOf(ExecutionException.class);
    assertThat(inside.get()).isLessThanOrEqualTo(1024 + 700);
  }
}
