package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private final Cancellation cancellation = new Cancellation();
  private final List<String> done = new ArrayList<>();

  @Test
  void letsWorkGoOnUntilItIsCancelled() {
    assertThatNoException().isThrownBy(cancellation::check);
    assertThat(cancellation.isCancelled()).isFalse();
    cancellation.cancel();
    assertThat(cancellation.isCancelled()).isTrue();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(cancellation::check);
  }

  @Test
  void runsEachRegisteredActionOnceInOrder() {
    cancellation.onCancel(() -> done.add("first"));
    cancellation.onCancel(() -> done.add("second"));
    cancellation.cancel();
    cancellation.cancel();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void forgetsAnActionWhoseRegistrationIsClosed() {
    cancellation.onCancel(() -> done.add("forgotten")).close();
    cancellation.cancel();
    assertThat(done).isEmpty();
  }

  @Test
  void runsAnActionThatComesTooLateAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(() -> done.add("late")).close();
    assertThat(done).containsExactly("late");
  }

  @Test
  void anActionMayRegisterAndCancelAgain() {
    cancellation.onCancel(
        () -> {
          cancellation.cancel();
          cancellation.onCancel(() -> done.add("inner")).close();
        });
    cancellation.cancel();
    assertThat(done).containsExactly("inner");
  }

  @Test
  void endsAWait() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Threads waiter = Threads.start(() -> cancellation.interruptibly(never::await));
    waiter.awaitBlocked();
    cancellation.cancel();
    assertThat(waiter.join()).isInstanceOf(CancellationException.class);
  }

  @Test
  void endsTheWaitsOfAllThreads() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Threads one = Threads.start(() -> cancellation.interruptibly(never::await));
    Threads other = Threads.start(() -> cancellation.interruptibly(never::await));
    one.awaitBlocked();
    other.awaitBlocked();
    cancellation.cancel();
    assertThat(one.join()).isInstanceOf(CancellationException.class);
    assertThat(other.join()).isInstanceOf(CancellationException.class);
  }

  @Test
  void doesNotEvenBeginAWaitAfterwards() {
    cancellation.cancel();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> cancellation.interruptibly(() -> done.add("waited")));
    assertThat(done).isEmpty();
  }

  @Test
  void interruptsNobodyWhoDoesNotWait() {
    cancellation.interruptibly(() -> done.add("waited"));
    cancellation.cancel();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(done).containsExactly("waited");
  }

  @Test
  void leavesNoInterruptBehindWhenTheWaitEndsAsItIsCancelled() {
    cancellation.interruptibly(
        () -> {
          cancellation.cancel();
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void leavesNoInterruptBehindWhenTheWaitIsCutShort() {
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                cancellation.interruptibly(
                    () -> {
                      cancellation.cancel();
                      new CountDownLatch(1).await();
                    }));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aPartEndsWithTheWhole() {
    try (Cancellation.Child child = cancellation.child()) {
      cancellation.cancel();
      assertThat(child.cancellation().isCancelled()).isTrue();
    }
  }

  @Test
  void theWholeDoesNotEndWithAPart() {
    try (Cancellation.Child child = cancellation.child()) {
      child.cancellation().cancel();
      assertThat(cancellation.isCancelled()).isFalse();
    }
  }

  @Test
  void aPartThatWasClosedIsForgotten() {
    Cancellation.Child child = cancellation.child();
    child.close();
    cancellation.cancel();
    assertThat(child.cancellation().isCancelled()).isFalse();
  }

  @Test
  void aPartOfWhatIsCancelledIsCancelled() {
    cancellation.cancel();
    try (Cancellation.Child child = cancellation.child()) {
      assertThat(child.cancellation().isCancelled()).isTrue();
    }
  }
}
