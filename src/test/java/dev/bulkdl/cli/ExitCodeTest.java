package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.RunStatistics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit code for the outcomes of a run. */
class ExitCodeTest {

  private static final Effort EFFORT = Effort.none();

  private static Outcome outcome(String kind) {
    return switch (kind) {
      case "completed" -> new Outcome.Completed(1, Proof.ETAG, EFFORT);
      case "skipped" -> new Outcome.Skipped(1, Proof.LENGTH, EFFORT);
      case "cancelled" -> new Outcome.Cancelled(EFFORT);
      case "reset" -> new Outcome.Failed(new Failure.Reset(""), EFFORT);
      case "503" -> new Outcome.Failed(new Failure.Http(503, "", Optional.empty()), EFFORT);
      case "404" -> new Outcome.Failed(new Failure.Http(404, "", Optional.empty()), EFFORT);
      case "checksum" -> new Outcome.Failed(new Failure.Checksum(""), EFFORT);
      case "exists" -> new Outcome.Failed(new Failure.Exists(""), EFFORT);
      case "name" -> new Outcome.Failed(new Failure.Name(""), EFFORT);
      case "disk" -> new Outcome.Failed(new Failure.Disk("", true), EFFORT);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static int code(String outcomes) {
    List<String> kinds = List.of(outcomes.split(" "));
    RunStatistics statistics = new RunStatistics("test");
    statistics.onEvent(
        new TransferEvent.RunStarted("id", "m.csv", Path.of("out"), kinds.size(), Instant.EPOCH));
    for (String kind : kinds) {
      Download download = Download.of("a", URI.create("http://h/a"));
      statistics.onEvent(new TransferEvent.FileEnded(download, outcome(kind)));
    }
    return ExitCode.of(statistics.report(0));
  }

  @ParameterizedTest
  @CsvSource({
    "completed, 0",
    "skipped, 0",
    "completed skipped, 0",
    "404, 1",
    "checksum, 1",
    "exists, 1",
    "reset, 3",
    "503, 3",
    "completed reset, 3",
    "cancelled completed, 3",
    "disk, 4",
    "reset 404, 1",
    "404 reset completed, 1",
    "404 reset disk, 4",
  })
  void theWorstOutcomeCounts(String outcomes, int code) {
    assertThat(code(outcomes)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"1, 129", "2, 130", "15, 143"})
  void aSignalIsNamed(int number, int code) {
    assertThat(ExitCode.ofSignal(number)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 4", "2, 2", "3, 4", "4, 4", "129, 129", "130, 130", "143, 143"})
  void whatCouldNotBeWrittenCountsLessThanASignalAndMoreThanTheRest(int code, int then) {
    assertThat(ExitCode.orUnwritten(code)).isEqualTo(then);
  }
}
