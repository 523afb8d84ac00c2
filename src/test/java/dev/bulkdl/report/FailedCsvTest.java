package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.download;
import static dev.bulkdl.report.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedCsvTest {

  private static final List<String> COLUMNS = List.of("filename", "url", "note");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void names() {
    file = folder.resolve("failed.csv");
  }

  private void run(TransferEvent... events) throws IOException {
    FailedCsv failed = FailedCsv.create(folder, COLUMNS);
    for (TransferEvent event : events) {
      failed.onEvent(event);
    }
    failed.close();
    assertThat(failed.failure()).isEmpty();
  }

  @Test
  void holdsTheRowsThatDidNotCompleteAsTheManifestHadThem() throws IOException {
    Map<String, String> awkward =
        row("filename", "=a, b", "url", Samples.SECRET_URL, "note", "\"x\"\n\u001b\ty ");
    run(
        Samples.completed(download("fine"), 1),
        Samples.skipped(download("there"), 1),
        Samples.failed(download(awkward), Samples.http(404)),
        Samples.cancelled(download("stopped", "http://h/s")),
        new TransferEvent.RowRejected(5, row("filename", "#half"), new Failure.Name("no URL")),
        Samples.runEnded());
    assertThat(CsvReading.rows(file))
        .containsExactly(
            COLUMNS,
            List.copyOf(awkward.values()),
            List.of("stopped", "http://h/s", ""),
            List.of("#half", "", ""));
    assertThat(file).content().contains("\"#half\"");
  }

  @Test
  void mayBeReadByItsOwnerOnly() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    run(Samples.cancelled(download("a")), Samples.runEnded());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void leavesTheEarlierFileReadableUntilTheEnd() throws IOException {
    Files.writeString(file, "the manifest of this run");
    try (FailedCsv failed = FailedCsv.create(folder, COLUMNS)) {
      failed.onEvent(Samples.cancelled(download("a")));
      failed.onEvent(Samples.runEnded());
      assertThat(file).hasContent("the manifest of this run");
    }
    assertThat(file).content().startsWith("filename,url,note\na,");
    assertOnlyIn(folder, "failed.csv");
  }

  @Test
  void holdsAFileThatWasTakenUpAgainByItsLastEnd() throws IOException {
    Download awkward = download(row("filename", "a", "url", "http://h/ä", "note", "\"x\"\ny"));
    run(
        Samples.failed(awkward, Samples.http(404)),
        Samples.failed(download("b", "http://h/b"), Samples.http(404)),
        Samples.cancelled(download("c", "http://h/c")),
        Samples.requeued(download("b", "http://h/b"), Samples.http(404)),
        Samples.requeued(awkward, Samples.http(404)),
        Samples.completed(awkward, 1),
        Samples.failed(download("d", "http://h/d"), Samples.http(404)),
        Samples.failed(download("b", "http://h/b"), Samples.http(503)),
        Samples.runEnded());
    assertThat(CsvReading.rows(file))
        .containsExactly(
            COLUMNS,
            List.of("c", "http://h/c", ""),
            List.of("d", "http://h/d", ""),
            List.of("b", "http://h/b", ""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertOnlyIn(folder, "failed.csv");
  }

  @Test
  void isRemovedIfWhatFailedWasCompletedLater() throws IOException {
    Files.writeString(file, "old");
    run(
        Samples.started("rows.csv", 1),
        Samples.failed(download("a"), Samples.http(404)),
        Samples.requeued(download("a"), Samples.http(404)),
        Samples.completed(download("a"), 1),
        Samples.runEnded());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isRemovedIfNothingFailed() throws IOException {
    Files.writeString(file, "old");
    run(Samples.completed(download("a"), 1), Samples.runEnded());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsTheEarlierFileIfTheRunDidNotReachItsEnd() throws IOException {
    Files.writeString(file, "old");
    run(Samples.cancelled(download("a")));
    assertThat(file).hasContent("old");
    assertOnlyIn(folder, "failed.csv");
  }

  @Test
  void doesNotFollowALinkInTheDraftsPlace() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve("failed.csv.tmp"), victim);
    run(Samples.cancelled(download("a")), Samples.runEnded());
    assertThat(victim).hasContent("precious");
    assertThat(file).isRegularFile();
  }

  @Test
  void remembersThatItCouldNotBePublished() throws IOException {
    Files.createDirectories(file.resolve("in the way"));
    FailedCsv failed = FailedCsv.create(folder, COLUMNS);
    failed.onEvent(Samples.cancelled(download("a")));
    failed.onEvent(Samples.runEnded());
    failed.close();
    assertThat(failed.failure()).isPresent();
  }

  private static void assertOnlyIn(Path folder, String name) throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(name));
    }
  }

  @Test
  void tellsOfRowsThatAStoppedRunDidNotComeTo() throws IOException {
    run(
        Samples.started("rows.csv", 5),
        Samples.completed(download("fine"), 1),
        Samples.cancelled(download("stopped", "http://h/s")),
        Samples.runEnded());
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "filename,url,note",
            "stopped,http://h/s,",
            "# 3 rows were not started and are not in this file: run the manifest again");
  }

  @Test
  void staysAsItIsWhereItIsTheManifestOfARunThatDidNotComeToAllOfIt() throws IOException {
    Files.writeString(file, "all of them");
    run(
        Samples.started(file.toString(), 2),
        Samples.cancelled(download("stopped", "http://h/s")),
        Samples.runEnded());
    assertThat(file).hasContent("all of them");
    assertOnlyIn(folder, "failed.csv");
  }
}
