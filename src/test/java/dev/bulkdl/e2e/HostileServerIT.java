package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Headers that lie about the content, or want more than content. */
class HostileServerIT extends EndToEnd {
  private static final Payload CONTENT = new Payload(1, 3 * KIB);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** Each is no length, though some readers would find one in it; nothing of it becomes a file. */
  @Test
  void aLengthThatIsNoneIsAFailure() {
    List<String> lengths =
        List.of(
            "9223372036854775808",
            "99999999999999999999999999",
            "-1",
            "+5",
            "0x5",
            "5.0",
            "5 5",
            "5, 6",
            "٥");
    List<String> chunks =
        List.of("FFFFFFFFFFFFFFFFF", "8000000000000000", "100000000", "-5", "+5", "0x5", "zz", "");
    Stream<String> answers =
        Stream.concat(
            lengths.stream().map(length -> OK + "Content-Length: " + length + "\r\n\r\nhello"),
            chunks.stream()
                .map(size -> OK + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n"));
    List<RawServer> servers =
        answers.map(text -> new RawServer(Wire.of(new Step.Read(), new Step.Say(text)))).toList();
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < servers.size(); i++) {
      lines.add(i + "," + servers.get(i).uri("/a"));
    }
    manifest("files.csv", lines);

    Result result = bulkdl("files.csv", "--retries", 1, "--retry-delay", "1ms").run();

    servers.forEach(RawServer::close);
    assertThat(result.exit()).as(result.err()).isIn(1, 3);
    assertThat(out("files").results())
        .hasSameSizeAs(servers)
        .allMatch(row -> row.get("status").equals("failed"));
    assertThat(Trees.names(out("files").path())).noneMatch(name -> name.matches("\\d+"));
  }

  /** The largest that a length can be: no space is taken for it, and no sum of it overflows. */
  @Test
  void aLengthThatNoDiskHoldsIsRefused() {
    String answer = OK + "Content-Length: 9223372036854775807\r\n\r\nhello";
    try (RawServer raw = new RawServer(Wire.of(new Step.Read(), new Step.Say(answer)))) {
      manifest("files.csv", "filename,url", "a," + raw.uri("/a"), "b," + raw.uri("/b"));
      Result result = bulkdl("files.csv", "--retries", 1, "--retry-delay", "1ms").run();
      assertThat(result.exit()).as(result.err()).isIn(1, 3, 4);
      assertThat(out("files").results()).allMatch(row -> row.get("status").equals("failed"));
      assertThat(Trees.names(out("files").path())).doesNotContain("a", "b");
    }
  }

  /** The manifest names the file, and nobody else. */
  @Test
  void aNameInTheAnswerIsNotUsed() {
    String answer =
        OK
            + "Content-Length: 5\r\n"
            + "Content-Disposition: attachment; filename=\"../evil\"; filename*=UTF-8''..%2fevil\r\n"
            + "Content-Location: /evil\r\n\r\nhello";
    try (RawServer raw = new RawServer(Wire.of(new Step.Read(), new Step.Say(answer)))) {
      manifest("files.csv", "filename,url", "a," + raw.uri("/a"), "," + raw.uri("/b"));
      assertThat(run("files.csv").exit()).isZero();
      assertThat(Trees.names(out("files").path())).containsExactly("a", "b");
      assertThat(Trees.names(folder)).noneMatch(name -> name.endsWith("evil"));
    }
  }

  /** A place on this machine that is no web server's is never read; other ports are the web. */
  @Test
  void aRedirectLeadsToTheWebOnly() {
    Map<String, String> targets =
        Map.of(
            "file", "file:///etc/passwd",
            "ftp", "ftp://127.0.0.1/x",
            "jar", "jar:file:/tmp/x.jar!/y",
            "data", "data:text/plain,hello",
            "script", "javascript:1",
            "hostless", "http:///x");
    List<String> lines = new ArrayList<>(List.of("filename,url", "web," + server.uri("/web")));
    targets.forEach(
        (name, target) -> {
          server.always("/" + name, new Fault.Redirect(302, target));
          lines.add(name + "," + server.uri("/" + name));
        });
    try (RawServer other = new RawServer(Wire.good(CONTENT))) {
      server.always("/web", new Fault.Redirect(307, other.uri("/a").toString()));
      manifest("files.csv", lines);
      Result result = run("files.csv");
      assertThat(result.exit()).as(result.err()).isEqualTo(1);
      Trees.assertHolds(out("files").path(), "web", CONTENT);
      assertThat(out("files").results())
          .filteredOn(row -> !row.get("filename").equals("web"))
          .hasSameSizeAs(targets.entrySet())
          .allMatch(row -> row.get("error").contains("redirect to a URL that is not fetched"));
    }
  }
}
