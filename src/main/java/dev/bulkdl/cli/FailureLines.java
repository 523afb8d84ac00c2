package dev.bulkdl.cli;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.FailedCsv;
import dev.bulkdl.text.Redaction;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Shows the files of a run that failed, and nothing else: one line each, at most {@value #MOST},
 * and then how many more. For {@code --quiet}. Thread-safe.
 */
final class FailureLines implements TransferListener {

  static final int MOST = 20;

  private final Consumer<String> out;
  private final AtomicLong failed = new AtomicLong();
  private volatile String readOn = "";

  FailureLines(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void onEvent(TransferEvent event) {
    switch (event) {
      case TransferEvent.RunStarted run -> readOn = readOn(run);
      case TransferEvent.RowRejected row -> add("line " + row.line(), row.failure());
      case TransferEvent.FileEnded file -> {
        if (file.outcome() instanceof Outcome.Failed outcome) {
          add(file.download().target().value(), outcome.failure());
        }
      }
      case TransferEvent.RunEnded ended -> end();
      default -> {}
    }
  }

  /** Only the run of a manifest leaves a list of its failed rows. */
  private static String readOn(TransferEvent.RunStarted run) {
    Path list = run.outputDir().resolve(TargetName.OWN_FOLDER).resolve(FailedCsv.FILE_NAME);
    return run.manifest().isEmpty() ? "" : "; all of them are in " + list;
  }

  private void add(String what, Failure failure) {
    if (failed.incrementAndGet() <= MOST) {
      print("failed: " + what + ": " + failure.shown());
    }
  }

  private void end() {
    long more = failed.get() - MOST;
    if (more > 0) {
      print("and " + more + " more failed" + readOn);
    }
  }

  private void print(String line) {
    out.accept("bulkdl: " + Redaction.of(line));
  }
}
