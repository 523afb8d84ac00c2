package dev.bulkdl.bench;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Cancellation.Registration;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.engine.Session;
import dev.bulkdl.engine.Session.Work;
import dev.bulkdl.model.Download;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures the engine. Each cell is an ordinary run with its own session, its own connections and
 * its own folder below the output folder.
 */
public final class Bench {

  private final Settings settings;
  private final BenchPlan plan;
  private final List<Download> rows;
  private final Cancellation cancellation;

  /**
   * @param settings of the runs; each cell has its own limits, see {@link BenchPlan}
   * @param rows at least one
   * @param cancellation stops the bench
   */
  public Bench(Settings settings, BenchPlan plan, List<Download> rows, Cancellation cancellation) {
    this.settings = settings;
    this.plan = plan;
    boolean kept = settings.disk().writeMode() != WriteMode.DISCARD;
    this.rows = kept ? rows : rows.stream().map(row -> row.withChecksums(List.of())).toList();
    this.cancellation = cancellation;
  }

  /**
   * Measures the cells one after another. Ends early if a cell measures nothing or the bench is
   * stopped.
   *
   * @param onResult receives each cell when it ends
   * @return the measured cells; a stopped cell counts with the part before the stop
   * @throws IOException if the folder cannot be created or the certificates cannot be read
   */
  public List<CellResult> run(Consumer<CellResult> onResult) throws IOException {
    Files.createDirectories(settings.disk().outputDir());
    List<CellResult> results = new ArrayList<>();
    for (BenchPlan.Cell cell : plan.cells()) {
      if (cancellation.isCancelled()) {
        break;
      }
      CellResult result = measure(cell);
      if (result.hasMeasured() || !cancellation.isCancelled()) {
        results.add(result);
        onResult.accept(result);
      }
      if (result.exitCode() != ExitCode.COMPLETE) {
        break;
      }
    }
    return results;
  }

  private CellResult measure(BenchPlan.Cell cell) throws IOException {
    Limits limits = plan.limits(settings.limits(), cell.connections());
    try (Scratch scratch = Scratch.in(settings.disk().outputDir());
        Session session = open(limits, scratch)) {
      RunControl own = session.control();
      CellListener listener = new CellListener(plan, own);
      Feed feed = new Feed(rows, limits.maxFiles(), scratch.path(), own.cancellation());
      Registration stop = cancellation.onCancel(own::stop);
      try (stop) {
        RunReport report =
            session.run(new Work("", -1, 0, 0, List.of(feed)), List.of(listener, feed));
        return listener.result(cell, report);
      }
    }
  }

  private Session open(Limits limits, Scratch scratch) throws IOException {
    DiskSettings given = settings.disk();
    DiskSettings disk = DiskSettings.in(scratch.path()).with(given.sync()).with(given.writeMode());
    return Session.open(
        settings.with(limits).with(disk).with(settings.records().withInventory(false)), List.of());
  }
}
