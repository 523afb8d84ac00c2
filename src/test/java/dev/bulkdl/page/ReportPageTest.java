package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.report.RunStatistics;
import dev.bulkdl.report.Timings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {

  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"run\">(.*?)</script>", Pattern.DOTALL);

  private final RunStatistics statistics = new RunStatistics("1.2.3");
  private final Timings timings = new Timings();
  private final PageSamples run = new PageSamples(statistics);

  @TempDir Path folder;

  private static Download file(String name, String url) {
    return Download.of(name, URI.create(url));
  }

  private String page(String... summary) {
    try {
      write(List.of(summary));
      return Files.readString(folder.resolve("report.html"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void write(List<String> summary) throws IOException {
    ReportPage.write(statistics.report(1), run.history(), timings.all(), summary, folder);
  }

  private static JsonNode data(String page) {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    return JsonMapper.shared().readTree(data.group(1));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>&lt;&quot;\"'`",
        "{{style}}{{nothing}}$1\\$0",
        "\u2028\u2029\u202e\ufeff",
        "<img src=x onerror=alert(1)>",
        "__proto__",
      })
  void noTextBreaksOutOfItsPlace(String hostile) {
    Failure failure = new Failure.Name(hostile);
    run.file(file(hostile.replace('/', '_'), "http://host.example/a"), PageSamples.failed(404));
    run.event(new TransferEvent.RowRejected(7, Map.of(hostile, hostile), failure));
    String page = page(hostile);
    assertThat(count(page, "<script")).isEqualTo(2);
    assertThat(count(page, "</script")).isEqualTo(2);
    assertThat(count(page, "<!--")).isZero();
    assertThat(page).doesNotContainPattern("[\u2028\u2029\u202e\ufeff]");
    assertThat(data(page).at("/summary/0").asString()).isEqualTo(hostile);
    assertThat(data(page).at("/failed")).hasSize(2);
  }

  @Test
  void runsItsOwnScriptAloneAndFetchesNothing() throws Exception {
    String page = page();
    assertThat(page)
        .contains("default-src 'none'; script-src 'sha256-" + hash(page, "<script>", "</script>"))
        .contains("style-src 'sha256-" + hash(page, "<style>", "</style>"));
    assertThat(Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page).results())
        .extracting(link -> link.group(1))
        .containsExactly("data:,");
  }

  private static String hash(String page, String from, String to) throws Exception {
    int start = page.indexOf(from) + from.length();
    byte[] text = page.substring(start, page.indexOf(to, start)).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
  }

  /** The licence of the charting library requires its text. */
  @Test
  void namesWhoseScriptItHolds() {
    assertThat(page()).contains("Copyright (c) 2022 Leon Sorokin").contains("Permission is hereby");
  }

  @Test
  void holdsNoSecret() {
    Download secret = file("a", "https://user:hunter2@host.example/a?token=hunter2");
    Failure failure = new Failure.Connect("to https://user:hunter2@host.example/?token=hunter2");
    run.file(
        secret,
        PageSamples.failed(404),
        new TransferEvent.Retrying(secret, secret.origin(), 1, 10, failure, Duration.ofSeconds(1)));
    run.event(new TransferEvent.RowRejected(7, Map.of(), failure));
    assertThat(page()).doesNotContain("hunter2").contains("token=***");
  }

  @Test
  void isShortHoweverLongTheRunAndItsTexts() {
    String long250 = "ü".repeat(120);
    for (int i = 0; i < 6_000; i++) {
      String name = long250 + "/" + long250 + "/" + i;
      String url = "http://" + "h".repeat(60) + i + ".example/" + "a%3C".repeat(200);
      run.at(Duration.ofMillis(10L * i));
      Download file = file(name, url);
      Failure failure = new Failure.Reset("<".repeat(500));
      TransferEvent[] retries = new TransferEvent[40];
      Arrays.fill(
          retries,
          new TransferEvent.Retrying(file, file.origin(), 1, 10, failure, Duration.ofSeconds(1)));
      run.file(file, PageSamples.failed(500), retries);
    }
    String page = page();
    assertThat(page.length()).isLessThan(3_000_000);
    assertThat(data(page).at("/gantt/fetched").asLong()).isEqualTo(6_000);
    assertThat(data(page).at("/gantt/every").asLong()).isEqualTo(8);
    assertThat(data(page).at("/hosts")).hasSize(100);
    assertThat(data(page).at("/hostCount").asLong()).isEqualTo(6_000);
  }

  @Test
  void replacesAnEarlierPageAndSaysWhenItCannot() throws IOException {
    Files.writeString(folder.resolve("report.html"), "old");
    assertThat(page()).doesNotStartWith("old");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
    Files.delete(folder.resolve("report.html"));
    Files.createDirectories(folder.resolve("report.html/in the way"));
    assertThatThrownBy(() -> write(List.of())).isInstanceOf(IOException.class);
  }
}
