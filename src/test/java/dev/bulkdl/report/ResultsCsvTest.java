package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.download;
import static dev.bulkdl.report.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCsvTest {

  private static final String HEADER =
      "filename,url,status,bytes,size,seconds,attempts,segments,proof,error"
          + ",error_class,http_status,started,ended"
          + ",final_url,etag,last_modified,content_type,hash";

  private static final String ENDED = "2025-06-01T12:00:00Z";
  private static final String NOTHING = ",,,,,";
  private static final String TIMES = "2025-06-01T11:59:58.500Z," + ENDED + NOTHING;

  @TempDir Path folder;

  private List<String> lines(List<String> columns, TransferEvent... events) throws IOException {
    try (ResultsCsv results = ResultsCsv.create(folder, columns, () -> Samples.NOON)) {
      for (TransferEvent event : events) {
        results.onEvent(event);
      }
      // Read before close: each row is written as soon as its file ends.
      return Files.readAllLines(folder.resolve("results.csv"));
    }
  }

  @Test
  void hasARowForEveryOutcome() throws IOException {
    List<String> columns = List.of("filename", "url");
    assertThat(
            lines(
                columns,
                Samples.completed(download("a.bin"), 100),
                Samples.skipped(download("b.bin"), 200),
                Samples.failed(download("c.bin"), Samples.http(404)),
                Samples.cancelled(download("d.bin")),
                new TransferEvent.RowRejected(
                    6, row("filename", "../e", "url", "x"), new Failure.Name("holds '..'"))))
        .containsExactly(
            HEADER,
            "a.bin,http://host.example/a.bin,completed,100,100,1.500,2,4,etag,,,," + TIMES,
            "b.bin,http://host.example/b.bin,skipped,0,200,0.000,0,0,length,,,,"
                + ENDED
                + ","
                + ENDED
                + NOTHING,
            "c.bin,http://host.example/c.bin,failed,10,,1.500,2,4,none,"
                + "http: the server answered 404,http,404,"
                + TIMES,
            "d.bin,http://host.example/d.bin,cancelled,5,,1.500,2,4,none,"
                + "cancelled: stopped before its end,cancelled,,"
                + TIMES,
            "../e,x,failed,0,,0.000,0,0,none,name: holds '..',name,,"
                + ENDED
                + ","
                + ENDED
                + NOTHING);
  }

  @Test
  void proofIsTheHashThatWasUsed() throws IOException {
    FileEnded ended =
        new FileEnded(download("a"), new Outcome.Completed(1, Proof.SHA256, Effort.none()));
    assertThat(lines(List.of("filename", "url"), ended).get(1)).contains(",sha256,");
  }

  @Test
  void saysWhereTheContentCameFrom() throws IOException {
    Provenance from =
        new Provenance(
            Optional.of(URI.create("https://cdn.example/a?token=" + Samples.SECRET)),
            Optional.of("\"x1\""),
            Optional.of("Wed, 01 Jan 2025 00:00:00 GMT"),
            Optional.of("application/pdf"),
            List.of(new Checksum(Algorithm.CRC32C, "0a0b0c0d")));
    FileEnded ended =
        new FileEnded(download("a"), new Outcome.Completed(1, Proof.ETAG, from, Effort.none()));
    assertThat(lines(List.of("filename", "url"), ended).get(1))
        .endsWith(
            ",https://cdn.example/a?token=***,\"\"\"x1\"\"\",\"Wed, 01 Jan 2025 00:00:00 GMT\","
                + "application/pdf,crc32c:0a0b0c0d");
  }

  @Test
  void carriesUnknownColumnsAfterOurs() throws IOException {
    List<String> columns = List.of("id", "File", "URL", "sha256", "status", "note");
    List<String> lines =
        lines(
            columns,
            new FileEnded(
                download(row("filename", "a", "url", "http://h/a", "id", "7", "note", "x,y")),
                new Outcome.Cancelled(Effort.none())));
    assertThat(lines.get(0)).isEqualTo(HEADER + ",id,manifest_status,note");
    assertThat(lines.get(1)).endsWith(",7,,\"x,y\"");
  }

  @Test
  void neutralisesFormulasAndEscapesControlCharacters() throws IOException {
    List<String> lines =
        lines(
            List.of("filename", "url", "@note"),
            Samples.completed(
                download(row("filename", "=cmd()", "url", "http://h/a", "@note", "-1\u001b[2J")),
                1));
    assertThat(lines.get(0)).endsWith(",'@note");
    assertThat(lines.get(1)).startsWith("'=cmd(),http").endsWith(",'-1\\u001b[2J");
  }

  @Test
  void holdsNoSecret() throws IOException {
    List<String> lines =
        lines(
            List.of("filename", "url", "mirror"),
            Samples.failed(
                download(
                    row("filename", "a", "url", Samples.SECRET_URL, "mirror", Samples.SECRET_URL)),
                new Failure.Connect("no way to " + Samples.SECRET_URL)),
            new TransferEvent.RowRejected(
                3,
                row("filename", Samples.SECRET_URL, "url", Samples.SECRET_URL),
                new Failure.Name(Samples.SECRET_URL)));
    assertThat(lines).hasSize(3).noneMatch(line -> line.contains(Samples.SECRET));
  }

  @Test
  void keepsEachRowOnceWhenManyThreadsEndFiles() throws IOException {
    int files = 20_000;
    try (ResultsCsv results =
        ResultsCsv.create(folder, List.of("filename", "url"), () -> Samples.NOON)) {
      IntStream.range(0, files)
          .parallel()
          .forEach(i -> results.onEvent(Samples.completed(download("file" + i), i)));
    }
    assertThat(Files.readAllLines(folder.resolve("results.csv")).stream().skip(1))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, files).mapToObj(ResultsCsvTest::rowOfFile).toList());
  }

  @Test
  void replacesAnEarlierFileWithoutFollowingALink() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve("results.csv"), victim);
    assertThat(lines(List.of("filename", "url"))).containsExactly(HEADER);
    assertThat(victim).hasContent("precious");
  }

  @Test
  void survivesAThreadThatIsInterrupted() throws IOException {
    try (ResultsCsv results =
        ResultsCsv.create(folder, List.of("filename", "url"), () -> Samples.NOON)) {
      Thread.currentThread().interrupt();
      results.onEvent(Samples.completed(download("a"), 1));
      assertThat(Thread.interrupted()).isTrue();
      results.onEvent(Samples.completed(download("b"), 1));
      assertThat(results.failure()).isEmpty();
    }
    assertThat(folder.resolve("results.csv")).content().hasLineCount(3);
  }

  private static String rowOfFile(int i) {
    String name = "file" + i;
    return name
        + ",http://host.example/"
        + name
        + ",completed,"
        + i
        + ","
        + i
        + ",1.500,2,4,etag,,,,"
        + TIMES;
  }
}
