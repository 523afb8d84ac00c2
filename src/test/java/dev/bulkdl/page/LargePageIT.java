package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.report.RunStatistics;
import dev.bulkdl.report.Timings;
import dev.bulkdl.testkit.Browser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run of 100,000 files. */
class LargePageIT {
  private static final int FILES = 100_000;

  @TempDir Path folder;

  @Test
  void isSmallAndIsDrawn() throws Exception {
    Browser.orSkip("LargePageIT");
    RunStatistics statistics = new RunStatistics("1.2.3");
    Timings timings = new Timings();
    PageSamples run =
        new PageSamples(dev.bulkdl.event.TransferListener.all(List.of(statistics, timings)));
    for (int i = 0; i < FILES; i++) {
      Download file =
          Download.of("data/" + i, URI.create("http://host" + i % 50 + ".example/" + i));
      run.at(Duration.ofMillis(10L * i));
      run.event(new TransferEvent.Connected(Duration.ofMillis(1 + i % 100)));
      run.file(
          file,
          i % 500 == 0 ? PageSamples.failed(404) : PageSamples.completed(1000),
          new TransferEvent.Answered(file, file.origin(), 200, Duration.ofMillis(5)),
          new TransferEvent.Delivered(file.origin(), 1000, Duration.ofMillis(1 + i % 7)));
    }
    ReportPage.write(statistics.report(1), run.history(), timings.all(), List.of(), folder);
    Path page = folder.resolve("report.html");
    assertThat(Files.size(page)).isLessThan(3_000_000);
    try (Browser browser = Browser.start()) {
      browser.open(page, "light", 1240);
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.canvasColors())
          .containsKeys("gantt", "latencies")
          .allSatisfy((id, colors) -> assertThat(colors).as(id).isGreaterThan(3));
      assertThat(browser.evaluate("document.querySelector('main').innerText").asString())
          .contains("of 100,000 files that were asked for: one in 128");
      System.out.printf(
          "LargePageIT: drawn after %s ms%n",
          browser.evaluate("document.documentElement.dataset.drawn").asString());
    }
  }
}
