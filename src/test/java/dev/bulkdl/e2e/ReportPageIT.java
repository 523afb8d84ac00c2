package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.Browser;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** report.html of real runs in a real browser. */
class ReportPageIT extends EndToEnd {
  private static final int WIDTH = 1240;
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";
  private static Browser browser;

  @BeforeAll
  static void open() {
    Browser.orSkip("ReportPageIT");
    browser = Browser.start();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  /**
   * Two hosts, files of all sizes, one that is retried, one that fails, one with a hostile name.
   */
  private Path page() {
    try (FaultServer other = FaultServer.http().serve("/big", new Payload(9, 24 * MIB))) {
      server.serve("/flaky", new Payload(8, 200_000));
      server.with("/flaky", new Fault.Status(503), new Fault.Status(500));
      serveSmall(60);
      List<String> rows = new ArrayList<>(List.of("filename,url"));
      rows.add("big.iso," + other.uri("/big"));
      rows.add("flaky," + server.uri("/flaky"));
      rows.add(HOSTILE.replace('/', '_') + "," + server.uri("/gone?token=hunter2"));
      for (int i = 0; i < 60; i++) {
        rows.add("small/" + i + "," + server.uri("/" + i));
      }
      manifest("files.csv", rows);
      Result result = run("files.csv", "--segment-min", "1M", "--retry-delay", "1s");
      assertThat(result.exit()).as(result.err()).isEqualTo(1);
      return out("files").own("report.html");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void isDrawnWithoutAComplaintOrARequest(String scheme) {
    Path page = page();
    browser.open(page, scheme, WIDTH);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).allMatch(url -> url.startsWith("file:") || url.equals("data:,"));
    assertThat(browser.requests()).filteredOn(url -> url.startsWith("file:")).hasSize(1);
    assertThat(browser.evaluate("document.documentElement.dataset.drawn").asInt()).isPositive();
    assertThat(browser.canvasColors())
        .containsOnlyKeys("throughput", "connections", "ended", "gantt", "latencies")
        .allSatisfy((id, colors) -> assertThat(colors).as(id).isGreaterThan(5));
    assertThat(text("h1")).isEqualTo("files.csv");
    assertThat(text(".verdict")).isEqualTo("1 of 63 failed");
    assertThat(text(".card")).isEqualTo("62\nof 63 files are there");
    assertThat(text("#failures")).contains(HOSTILE.replace('/', '_')).contains("1 × 404 Not Found");
    assertThat(text("#slowest")).contains("big.iso").contains("flaky");
    assertThat(text("main")).doesNotContain("hunter2");
    String back = "getComputedStyle(document.body).backgroundColor";
    assertThat(browser.evaluate(back).asString())
        .isEqualTo(scheme.equals("dark") ? "rgb(16, 19, 24)" : "rgb(244, 245, 247)");
    browser.screenshot(Path.of("target/screenshots/report-" + scheme + ".png"), WIDTH);
  }

  @Test
  void theFailuresComeFirstWithTheWayOn() {
    browser.open(page(), "light", WIDTH);
    assertThat(text("section h2")).isEqualTo("What failed");
    assertThat(text("#failures"))
        .contains("To go on:", "failed.csv")
        .contains("gone; correct the URL", "a retry alone does not help");
    assertThat(text(".links")).contains("results.csv", "failed.csv", "report.json", "run.log");
    String links = "[...document.querySelectorAll('.links a')].map(a => a.href).join(' ')";
    assertThat(browser.evaluate(links).asString().split(" "))
        .allMatch(link -> link.matches("file:.*/files/\\.bulkdl/[a-z.]+"));
    assertThat(text("main")).contains("--retry-delay", "1s").contains("not checked against a hash");
  }

  /** No table scrolls inside the page, and the names have room. */
  @Test
  void aPhoneShowsItWithoutSidewaysScrolling() {
    browser.open(page(), "light", 320);
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(320);
    String name = "document.querySelector('#slowest td').clientWidth";
    assertThat(browser.evaluate(name).asInt()).isGreaterThan(220);
    String scrollers =
        "[...document.querySelectorAll('main *')].filter(e => e.scrollHeight > e.clientHeight + 4"
            + " && getComputedStyle(e).overflowY.match(/auto|scroll/)).length";
    assertThat(browser.evaluate(scrollers).asInt()).isZero();
    browser.screenshot(Path.of("target/screenshots/report-phone.png"), 320);
  }

  /** The curves can be read without a mouse, and by a screen reader. */
  @Test
  void theKeysReadTheCurves() {
    browser.open(page(), "light", WIDTH);
    assertThat(text("#throughput .u-legend")).contains("whole run", "mean", "peak");
    assertThat(text("#throughput .u-legend")).doesNotContain("–");
    browser.evaluate("document.querySelector('#throughput').focus()");
    browser.press("Home");
    String first = text("#throughput .said");
    assertThat(first).contains("all ").contains("/s");
    browser.press("End");
    assertThat(text("#throughput .said")).contains("all ").isNotEqualTo(first);
    browser.evaluate("document.querySelector('details').open = true");
    assertThat(text("details table")).contains("time", "all");
  }

  /** The bars can be read without a mouse. */
  @Test
  void theKeysStepThroughTheFiles() {
    browser.open(page(), "light", WIDTH);
    browser.evaluate("document.querySelector('#gantt canvas').focus()");
    assertThat(browser.evaluate("document.querySelector('.tip').hidden").asBoolean()).isTrue();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      browser.press("ArrowRight");
      told.add(text(".tip"));
    }
    assertThat(told).doesNotHaveDuplicates().allMatch(tip -> tip.contains("attempt"));
    assertThat(told).filteredOn(tip -> tip.contains("completed")).hasSize(62);
    assertThat(told).filteredOn(tip -> tip.contains("failed")).hasSize(1);
    assertThat(told).filteredOn(tip -> tip.startsWith("flaky")).hasSize(1);
    browser.press("ArrowRight");
    assertThat(text(".tip")).as("after the last one").isEqualTo(told.getFirst());
    browser.press("ArrowLeft");
    assertThat(text(".tip")).as("before the first one").isEqualTo(told.getLast());
    browser.press("Escape");
    assertThat(browser.evaluate("document.querySelector('.tip').hidden").asBoolean()).isTrue();
  }

  /** Nothing was fetched: there is nothing to draw, and that is no error. */
  @Test
  void aRunThatFetchesNothingHasAPageToo() {
    serveSmall(1);
    manifest("files.csv", "filename,url,size", "a," + server.uri("/0") + ",1000");
    run("files.csv");
    assertThat(run("files.csv").exit()).isZero();
    browser.open(out("files").own("report.html"), "light", WIDTH);
    assertThat(browser.complaints()).isEmpty();
    assertThat(text(".card")).isEqualTo("1\nof 1 file is there");
    assertThat(text(".keys")).isEqualTo("1 there already");
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').innerText").asString();
  }
}
