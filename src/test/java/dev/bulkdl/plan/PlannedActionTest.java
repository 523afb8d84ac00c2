package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.JournalState;
import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import dev.bulkdl.plan.PlannedAction.Fetch;
import dev.bulkdl.plan.PlannedAction.Kind;
import dev.bulkdl.plan.PlannedAction.Part;
import dev.bulkdl.transfer.ResumePoint;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedActionTest {

  /**
   * The journal's total, the server's (-1: untold), its ranges; then what is usable and useless.
   */
  @ParameterizedTest
  @CsvSource({
    "100, 100, SUPPORTED, 40, 0",
    "100, 100, UNKNOWN, 40, 0",
    "100,  -1, SUPPORTED, 40, 0",
    " -1, 100, SUPPORTED, 40, 0",
    "100, 100, REFUSED, 0, 50",
    "100, 101, SUPPORTED, 0, 50",
    "100,  99, UNKNOWN, 0, 50"
  })
  void resumesUnlessTheServersAnswerForbidsIt(
      long journal, long told, RangeSupport ranges, long usable, long useless) {
    ResumePoint point = new ResumePoint.Continue(journal(total(journal)), ByteRanges.prefix(40));
    Remains remains = new Remains(50, Optional.empty(), true);
    assertThat(PlannedAction.fetch(point, remains, total(told), ranges, false))
        .isEqualTo(new Fetch(new Part(usable, useless), false));
  }

  @Test
  void fetchesAllWhereNothingCanBeBuiltUpon() {
    Remains remains = new Remains(50, Optional.empty(), true);
    ResumePoint point = new ResumePoint.Fresh(50, "no journal", true);
    Fetch fetch = PlannedAction.fetch(point, remains, total(100), RangeSupport.SUPPORTED, true);
    assertThat(fetch).isEqualTo(new Fetch(new Part(0, 50), true));
  }

  /** What is usable and useless, what they take on the device; then what is kept for the rest. */
  @ParameterizedTest
  @CsvSource({"40, 0, 100, 60", "0, 50, 100, 50", "40, 0, 40, 0", "40, 0, 36, 0"})
  void whatAPartTakesBeyondItsBytesIsKeptForTheRest(
      long usable, long useless, long taken, long reserved) {
    Fetch fetch = new Fetch(new Part(usable, useless), false).withAllocated(taken);
    assertThat(fetch).isEqualTo(new Fetch(new Part(usable, useless, reserved), false));
    assertThat(fetch.reserved()).isEqualTo(reserved);
    assertThat(new PlannedAction.Continue(9).reserved()).isZero();
  }

  @Test
  void tellsTheKinds() {
    assertThat(new Fetch(Part.NONE, false).kind()).isEqualTo(Kind.DOWNLOAD);
    assertThat(new Fetch(new Part(0, 9), false).kind()).isEqualTo(Kind.DOWNLOAD);
    assertThat(new Fetch(new Part(1, 0), false).kind()).isEqualTo(Kind.RESUME);
    assertThat(new Fetch(new Part(1, 0), true).kind()).isEqualTo(Kind.REPLACE);
    assertThat(new PlannedAction.Continue(1).kind()).isEqualTo(Kind.CONTINUE);
    assertThat(new PlannedAction.Skip().kind()).isEqualTo(Kind.SKIP);
    assertThat(new PlannedAction.Blocked(new Failure.Exists("x")).kind()).isEqualTo(Kind.BLOCKED);
    assertThat(new PlannedAction.Refused(new Failure.Dns("x")).kind()).isEqualTo(Kind.ERROR);
  }

  private static JournalState journal(OptionalLong total) {
    Version version = new Version(Optional.of("\"a\""), Optional.empty(), Optional.empty(), total);
    return JournalState.begin("source", "boot", version);
  }

  private static OptionalLong total(long bytes) {
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }
}
