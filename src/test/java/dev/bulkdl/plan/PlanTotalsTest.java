package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.plan.PlanTotals.Worst;
import dev.bulkdl.plan.PlannedAction.Fetch;
import dev.bulkdl.plan.PlannedAction.Kind;
import dev.bulkdl.plan.PlannedAction.Part;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanTotalsTest {

  private final PlanTotals totals = new PlanTotals(2);

  @Test
  void countsActionsAndBytes() {
    add(100, new Fetch(Part.NONE, false));
    add(100, new Fetch(new Part(30, 0), false));
    add(100, new Fetch(new Part(0, 7), true));
    add(50, new PlannedAction.Continue(20));
    add(1000, new PlannedAction.Skip());
    addUnknown(new Fetch(new Part(5, 0), false));
    assertThat(totals.rows()).isEqualTo(6);
    assertThat(totals.count(Kind.DOWNLOAD)).isEqualTo(1);
    assertThat(totals.count(Kind.RESUME)).isEqualTo(2);
    assertThat(totals.count(Kind.REPLACE)).isEqualTo(1);
    assertThat(totals.count(Kind.CONTINUE)).isEqualTo(1);
    assertThat(totals.count(Kind.SKIP)).isEqualTo(1);
    assertThat(totals.count(Kind.BLOCKED)).isZero();
    assertThat(totals.toFetch()).isEqualTo(100 + 70 + 100 + 30);
    assertThat(totals.unknownSizes()).isEqualTo(1);
    assertThat(totals.usable()).isEqualTo(35);
    assertThat(totals.useless()).isEqualTo(7);
  }

  @Test
  void partsAndCompleteFilesTogetherNeedWhatIsMissing() {
    add(100, new Fetch(Part.NONE, false));
    add(100, new Fetch(new Part(30, 0), true));
    add(100, new Fetch(new Part(0, 90), false));
    add(50, new PlannedAction.Continue(20));
    add(1000, new PlannedAction.Skip());
    assertThat(totals.space().together()).isEqualTo(100 + 70 + 100 + 30);
  }

  @Test
  void whatIsReservedAlreadyIsNotNeededAgain() {
    add(100, new Fetch(new Part(30, 0, 60), false));
    add(100, new Fetch(new Part(0, 30, 100), false));
    assertThat(totals.space().together()).isEqualTo(10);
    assertThat(totals.space().partial()).isEqualTo(10);
    assertThat(totals.space().complete()).isEqualTo(200);
    assertThat(totals.toFetch()).isEqualTo(70 + 100);
  }

  @Test
  void completeFilesAloneNeedTheirWholeSizeAndPartsThatOfTheLargestAtOneTime() {
    add(100, new Fetch(Part.NONE, false));
    add(100, new Fetch(new Part(95, 0), false));
    add(80, new PlannedAction.Continue(60));
    assertThat(totals.space().complete()).isEqualTo(100 + 100 + 20);
    assertThat(totals.space().partial()).isEqualTo(100 + 80);
  }

  @Test
  void aPartThatIsLongerThanTheFileNeedsNothing() {
    add(10, new Fetch(new Part(30, 0), false));
    assertThat(totals.toFetch()).isZero();
    assertThat(totals.space().together()).isZero();
  }

  @Test
  void sumsStayPositive() {
    add(Long.MAX_VALUE, new Fetch(Part.NONE, false));
    add(Long.MAX_VALUE, new Fetch(Part.NONE, false));
    assertThat(totals.toFetch()).isEqualTo(Long.MAX_VALUE);
    assertThat(totals.space().partial()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theWorstFailureCounts() {
    assertThat(totals.worst()).isEqualTo(Worst.NOTHING);
    add(1, new PlannedAction.Skip());
    assertThat(totals.worst()).isEqualTo(Worst.NOTHING);
    addUnknown(new PlannedAction.Refused(new Failure.Timeout("slow")));
    assertThat(totals.worst()).isEqualTo(Worst.TRANSIENT);
    addUnknown(new PlannedAction.Blocked(new Failure.Exists("there")));
    assertThat(totals.worst()).isEqualTo(Worst.PERMANENT);
    addUnknown(new PlannedAction.Refused(new Failure.Http(503, "busy", Optional.empty())));
    assertThat(totals.worst()).isEqualTo(Worst.PERMANENT);
    addUnknown(new PlannedAction.Blocked(new Failure.Disk("a folder", false)));
    assertThat(totals.worst()).isEqualTo(Worst.DISK);
    List.of(Kind.BLOCKED, Kind.ERROR).forEach(kind -> assertThat(totals.count(kind)).isEqualTo(2));
  }

  private void add(long size, PlannedAction action) {
    totals.add(new PlannedRow("a", OptionalLong.of(size), RangeSupport.SUPPORTED, action));
  }

  private void addUnknown(PlannedAction action) {
    totals.add(new PlannedRow("a", OptionalLong.empty(), RangeSupport.UNKNOWN, action));
  }
}
