package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.plan.PlannedAction.Fetch;
import dev.bulkdl.plan.PlannedAction.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanTextTest {

  private final PlanText text = new PlanText(bytes -> bytes + "b");

  @Test
  void aRowSaysWhatWouldHappen() {
    assertThat(row(new Fetch(Part.NONE, false))).isEqualTo("a\t9\tyes\tdownload");
    assertThat(row(new Fetch(new Part(0, 5), false))).isEqualTo("a\t9\tyes\tdownload");
    assertThat(row(new Fetch(new Part(5, 0), false))).isEqualTo("a\t9\tyes\tresume at 5 bytes");
    assertThat(row(new Fetch(Part.NONE, true))).isEqualTo("a\t9\tyes\treplace");
    assertThat(row(new Fetch(new Part(5, 0), true)))
        .isEqualTo("a\t9\tyes\treplace, resume at 5 bytes");
    assertThat(row(new PlannedAction.Continue(5))).isEqualTo("a\t9\tyes\tcontinue existing");
    assertThat(row(new PlannedAction.Skip())).isEqualTo("a\t9\tyes\tskip (there already)");
    assertThat(row(new PlannedAction.Blocked(new Failure.Exists("in the way"))))
        .isEqualTo("a\t9\tyes\tblocked: in the way");
    assertThat(row(new PlannedAction.Refused(new Failure.Http(404, "404 Not Found", none()))))
        .isEqualTo("a\t9\tyes\terror: http: 404 Not Found");
  }

  @Test
  void whatIsNotKnownIsAQuestionMark() {
    assertThat(
            PlanText.row(
                new PlannedRow(
                    "a", OptionalLong.empty(), RangeSupport.UNKNOWN, new PlannedAction.Skip())))
        .isEqualTo("a\t?\t?\tskip (there already)");
  }

  @Test
  void rangesThatAreRefusedAreNone() {
    assertThat(
            PlanText.row(
                new PlannedRow(
                    "a", OptionalLong.of(0), RangeSupport.REFUSED, new PlannedAction.Skip())))
        .isEqualTo("a\t0\tno\tskip (there already)");
  }

  @Test
  void noNameAndNoReasonCommandsTheTerminalOrTellsSecrets() {
    Failure secret = new Failure.Tls("\u001b[2J http://u:pw@h/x?token=abc");
    assertThat(
            PlanText.row(
                new PlannedRow(
                    "a\u202eb",
                    OptionalLong.empty(),
                    RangeSupport.UNKNOWN,
                    new PlannedAction.Refused(secret))))
        .isEqualTo("a\\u202eb\t?\t?\terror: tls: \\u001b[2J http://h/x?token=***");
  }

  @Test
  void totalsNameOnlyWhatThereIs() {
    PlanTotals totals = new PlanTotals(1);
    totals.add(planned(new Fetch(Part.NONE, false)));
    totals.add(planned(new PlannedAction.Skip()));
    assertThat(text.totals(totals, List.of(new Room(Path.of("/out"), 9, 20))))
        .containsExactly(
            "files      2: 1 download, 1 skip (there already)",
            "to fetch   9b",
            "in parts   0b from earlier runs",
            "space      9b needed, 20b usable in /out");
  }

  @Test
  void totalsSayWhatIsNotKnownAndWhatIsUseless() {
    PlanTotals totals = new PlanTotals(1);
    totals.add(planned(new Fetch(new Part(2, 0), false)));
    totals.add(
        new PlannedRow(
            "b", OptionalLong.empty(), RangeSupport.UNKNOWN, new Fetch(new Part(0, 3), false)));
    Room small = new Room(Path.of("/out"), 7, 5);
    assertThat(text.totals(totals, List.of(small)))
        .containsExactly(
            "files      2: 1 download, 1 resume",
            "to fetch   7b, and 1 files of unknown size",
            "in parts   2b from earlier runs, and 3b that cannot be used",
            "space      at least 7b needed, 5b usable in /out: 2b TOO LITTLE");
    assertThat(text.warning(small)).isEqualTo("warning: this does not fit: 2b are missing in /out");
  }

  @Test
  void roomForExactlyWhatIsNeededSuffices() {
    assertThat(new Room(Path.of("/out"), 5, 5).suffices()).isTrue();
    assertThat(new Room(Path.of("/out"), 6, 5).suffices()).isFalse();
    assertThat(new Room(Path.of("/out"), Long.MAX_VALUE, 5).lacking())
        .isEqualTo(Long.MAX_VALUE - 5);
  }

  private static String row(PlannedAction action) {
    return PlanText.row(planned(action));
  }

  private static PlannedRow planned(PlannedAction action) {
    return new PlannedRow("a", OptionalLong.of(9), RangeSupport.SUPPORTED, action);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
