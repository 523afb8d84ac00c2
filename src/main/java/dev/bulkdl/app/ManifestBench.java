package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.bench.Bench;
import dev.bulkdl.bench.BenchFiles;
import dev.bulkdl.bench.BenchPlan;
import dev.bulkdl.bench.BenchReport;
import dev.bulkdl.bench.BenchTable;
import dev.bulkdl.bench.CellResult;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.Download;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures how fast a link, a server and a disk are, by the rows of a manifest.
 *
 * @param settings of the runs; their output folder gets the results
 * @param plan what is measured
 * @param overwrite whether results that are there may be replaced
 * @param summary how the result is printed
 */
public record ManifestBench(
    ManifestInput input,
    Settings settings,
    BenchPlan plan,
    boolean overwrite,
    RunOutputs.Summary summary) {

  private static final int MOST_ROWS = 100_000;

  /** Measures, prints and keeps the result, and returns the exit code. */
  public int run(Console console) {
    try (CheckedManifest manifest = CheckedManifest.open(input, settings, true, console)) {
      return manifest.isUsable() ? measure(manifest, console) : ExitCode.USAGE;
    } catch (ManifestException | IOException e) {
      return CheckedManifest.failed(input, e, console);
    }
  }

  private int measure(CheckedManifest manifest, Console console) throws IOException {
    List<Download> rows = goodRows(manifest, console);
    BenchFiles files = new BenchFiles(settings.disk().outputDir(), overwrite);
    Optional<Path> inTheWay = files.inTheWay();
    if (inTheWay.isPresent()) {
      console.say(
          inTheWay.get() + " is there already; --overwrite replaces it, or give another -d");
      return ExitCode.USAGE;
    }
    if (rows.isEmpty()) {
      console.say("there is no good row to measure with");
      return ExitCode.USAGE;
    }
    Optional<Settings> forList = manifest.settings(settings, console);
    return forList.isEmpty()
        ? ExitCode.USAGE
        : measure(manifest.name(), forList.get(), rows, files, console);
  }

  private static List<Download> goodRows(CheckedManifest manifest, Console console) {
    List<Download> good = new ArrayList<>();
    try (ManifestRows rows = manifest.rows()) {
      while (rows.hasNext() && good.size() < MOST_ROWS) {
        if (rows.next() instanceof ManifestRow.Good row) {
          good.add(row.download());
        }
      }
      if (rows.hasNext()) {
        console.say("only the first " + MOST_ROWS + " rows are used");
      }
    }
    return good;
  }

  private int measure(
      String name, Settings forList, List<Download> rows, BenchFiles files, Console console)
      throws IOException {
    Cancellation cancellation = new Cancellation();
    try (Interrupts interrupts = console.interrupts(cancellation::cancel)) {
      List<CellResult> cells =
          new Bench(forList, plan, rows, cancellation)
              .run(cell -> cell.lines().forEach(console::note));
      BenchReport measured = BenchReport.of(name, forList, plan, cells);
      BenchReport report = measured.withExitCode(interrupts.exitCode(measured.exitCode()));
      interrupts.explain();
      print(report, console);
      files.write(report, cells);
      return report.exitCode();
    }
  }

  private void print(BenchReport report, Console console) {
    switch (summary) {
      case JSON -> console.print(ReportJson.render(report));
      case TEXT -> BenchTable.lines(report).forEach(console::print);
      case NONE -> {}
    }
    console.flush();
  }
}
