package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes report.json with the state {@code running} when the run begins. If the process is killed,
 * that is what remains.
 */
public final class ReportAtStart implements ReportFile {

  private final Path ownFolder;
  private final String version;
  private final Map<String, String> options;
  private volatile CompletableFuture<Void> writer = CompletableFuture.completedFuture(null);
  private volatile Optional<IOException> failure = Optional.empty();

  /**
   * @param ownFolder the folder {@code .bulkdl}, which must exist
   * @param options the options that were given, without secrets
   */
  public ReportAtStart(Path ownFolder, String version, Map<String, String> options) {
    this.ownFolder = ownFolder;
    this.version = version;
    this.options = Map.copyOf(options);
  }

  /** Writes on another thread: the first request does not wait for it. */
  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.RunStarted) {
      writer =
          CompletableFuture.runAsync(
              () -> write(event), work -> Thread.ofPlatform().name("report").start(work));
    }
  }

  private void write(TransferEvent start) {
    RunStatistics nothingYet = new RunStatistics(version);
    nothingYet.onEvent(start);
    try {
      ReportJson.write(nothingYet.report(RunReport.NO_EXIT_CODE).withOptions(options), ownFolder);
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  @Override
  public Optional<IOException> failure() {
    return failure;
  }

  @Override
  public void close() {
    writer.join();
  }
}
