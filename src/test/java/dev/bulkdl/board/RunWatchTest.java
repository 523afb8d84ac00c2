package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.board.BoardModel.LogRow;
import dev.bulkdl.board.BoardModel.State;
import dev.bulkdl.board.BoardModel.Trouble;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.settings.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunWatchTest {

  private static final Failure RESET = new Failure.Reset("the connection was reset");

  private final RunControl control = new RunControl(new Permits(Limits.FIXED));
  private long nanos = 1_000_000;
  private final RunWatch watch = new RunWatch(control, () -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Download file(String name) {
    return Boards.download(name, 2);
  }

  private void ended(String name, Outcome outcome) {
    watch.onEvent(new TransferEvent.FileEnded(file(name), outcome));
  }

  private void retrying(String name, Duration delay) {
    Download file = file(name);
    watch.onEvent(new TransferEvent.Retrying(file, file.origin(), 1, 10, RESET, delay));
  }

  private static Outcome failed(String text) {
    return new Outcome.Failed(new Failure.Dns(text), Effort.none());
  }

  private static Outcome completed(long size) {
    return new Outcome.Completed(size, Proof.ETAG, Effort.none());
  }

  private List<String> troubles() {
    return watch.model().troubles().stream().map(Trouble::name).toList();
  }

  /** A pause by the user needs no words; the others say why and until when. */
  @Test
  void aPauseHasItsReason() {
    Hold window =
        new Hold(Hold.Reason.WINDOW, "outside until 22:00", Instant.EPOCH, Optional.empty());
    control.pause();
    assertThat(watch.model().notice()).isEmpty();
    control.hold(window);
    watch.onEvent(new TransferEvent.HoldBegan(window));
    assertThat(watch.model().notice()).contains("outside until 22:00");
    control.release(Hold.Reason.WINDOW);
    watch.onEvent(new TransferEvent.HoldEnded(window));
    assertThat(watch.model().notice()).isEmpty();
  }

  @Test
  void theStateIsWhatTheRunDoes() {
    assertThat(watch.model().state()).isEqualTo(State.RUNNING);
    watch.onEvent(new TransferEvent.OutageBegan());
    assertThat(watch.model().state()).isEqualTo(State.OFFLINE);
    control.pause();
    assertThat(watch.model().state()).isEqualTo(State.PAUSED);
    control.resume();
    watch.onEvent(new TransferEvent.OutageEnded(Duration.ofSeconds(3)));
    assertThat(watch.model().state()).isEqualTo(State.RUNNING);
    control.stop();
    assertThat(watch.model().state()).isEqualTo(State.STOPPING);
  }

  @Test
  void theTitleHoldsNoSecret() {
    watch.onEvent(
        new TransferEvent.RunStarted(
            "id",
            "https://u:hunter2@host/list.csv?token=hunter2",
            Path.of("out"),
            3,
            Instant.EPOCH));
    assertThat(watch.model().title()).isEqualTo("https://host/list.csv?token=***");
  }

  @Test
  void troublesAreNewestFirstWithTheirNextTry() {
    watch.onEvent(new TransferEvent.RowRejected(7, Map.of(), new Failure.Name("empty")));
    ended("a", failed("no such host"));
    pass(Duration.ofSeconds(5));
    retrying("b", Duration.ofSeconds(9));
    assertThat(troubles()).containsExactly("b", "a", "line 7");
    assertThat(watch.model().troubles().getFirst().nextTry()).contains(Duration.ofSeconds(14));
    assertThat(watch.model().now()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void onlyTheLastTroubleOfAFileIsKept() {
    retrying("a", Duration.ofSeconds(1));
    retrying("b", Duration.ofSeconds(1));
    ended("a", failed("gone"));
    assertThat(troubles()).containsExactly("a", "b");
    assertThat(watch.model().troubles().getFirst().nextTry()).isEmpty();
  }

  @Test
  void whatIsNoTroubleAnyMoreIsForgotten() {
    retrying("completed", Duration.ofSeconds(1));
    retrying("cancelled", Duration.ofSeconds(1));
    Outcome.Failed was = new Outcome.Failed(RESET, Effort.none());
    ended("requeued", was);
    ended("completed", completed(5));
    ended("cancelled", new Outcome.Cancelled(Effort.none()));
    watch.onEvent(new TransferEvent.Requeued(file("requeued"), was));
    assertThat(troubles()).isEmpty();
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 3000; i++) {
      ended("file" + i, failed("gone"));
      int line = i;
      watch.log(() -> "line " + line);
    }
    assertThat(troubles()).hasSize(RecentFailures.MOST).startsWith("file2999").endsWith("file2000");
    assertThat(watch.model().log()).hasSize(500);
    assertThat(watch.model().log().getFirst().text().get()).isEqualTo("line 2999");
  }

  @Test
  void theLogTellsOfCompletedFiles() {
    pass(Duration.ofSeconds(65));
    ended("a\u202eb", completed(2048));
    assertThat(watch.model().log())
        .singleElement()
        .satisfies(row -> assertThat(row.at()).isEqualTo(Duration.ofSeconds(65)))
        .extracting(LogRow::text)
        .satisfies(
            text -> assertThat(text.get()).isEqualTo("completed: a\\u202eb, 2.0 KiB in 0:00"));
  }

  @Test
  void filesAreInTheOrderInWhichTheyBecameActive() {
    FileSnapshot first = Boards.file("first", 3);
    FileSnapshot second = Boards.file("second", 9);
    watch.onProgress(Boards.progress(List.of(second, first), List.of()));
    assertThat(watch.model().files()).extracting("name").containsExactly("first", "second");
    FileSnapshot late = Boards.file("late", 1);
    watch.onProgress(Boards.progress(List.of(late, second, first), List.of()));
    assertThat(watch.model().files()).extracting("name").containsExactly("first", "second", "late");
  }

  @Test
  void unknownLengthsAreGuessedFromWhatHasCompleted() {
    RunProgress nothing = Boards.empty().progress();
    watch.onProgress(Boards.with(nothing, 5, OptionalLong.empty()));
    assertThat(watch.model().forecast().missing()).isEmpty();
    watch.onProgress(Boards.with(nothing, 5, OptionalLong.of(200)));
    assertThat(watch.model().forecast().missing()).hasValue(5 * 200);
  }

  @Test
  void filesWaitInTheQueueAndAreDoneLater() {
    for (String name : List.of("a", "b", "c")) {
      watch.onEvent(new TransferEvent.FileStarted(file(name)));
    }
    watch.onProgress(Boards.progress(List.of(Boards.file("b", 2)), List.of()));
    assertThat(watch.model().queue()).extracting("name").containsExactly("a", "c");
    retrying("a", Duration.ofSeconds(9));
    assertThat(watch.model().queue()).extracting("name").containsExactly("c");
    ended("c", completed(5));
    ended("b", failed("gone"));
    assertThat(watch.model().queue()).isEmpty();
    assertThat(watch.model().done()).extracting("name").containsExactly("c");
  }

  @Test
  void theUserEndsTheWaits() {
    retrying("a", Duration.ofSeconds(90));
    pass(Duration.ofSeconds(2));
    watch.triedNow();
    assertThat(watch.model().troubles().getFirst().nextTry()).contains(Duration.ofSeconds(2));
  }

  @Test
  void ratesDoNotFadeDuringAPause() {
    FileSnapshot file = Boards.file("a", 0);
    watch.onProgress(Boards.moment(Duration.ofSeconds(1), false, file));
    watch.onProgress(Boards.moment(Duration.ofSeconds(2), false, Boards.file("a", 4)));
    long rate = watch.model().files().getFirst().rate();
    assertThat(rate).isPositive();
    watch.onProgress(Boards.moment(Duration.ofSeconds(3), true, Boards.file("a", 4)));
    long before = watch.model().files().getFirst().rate();
    watch.onProgress(Boards.moment(Duration.ofSeconds(60), true, Boards.file("a", 4)));
    watch.onProgress(Boards.moment(Duration.ofSeconds(90), true, Boards.file("a", 4)));
    assertThat(watch.model().files().getFirst().rate()).isEqualTo(before);
  }

  @Test
  void aFileHasAnEtaOnceItHasARate() {
    assertThat(new BoardModel.FileRow("a", Boards.file("a", 0), 0).eta()).isEmpty();
    FileSnapshot file = Boards.file("a", 0);
    long missing = file.total().orElseThrow() - file.bytes();
    assertThat(new BoardModel.FileRow("a", file, missing / 10 + 1).eta())
        .isEqualTo(Optional.of(Duration.ofSeconds(10)));
  }
}
