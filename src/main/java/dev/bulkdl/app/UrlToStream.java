package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.run.ContentRun;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import dev.bulkdl.transfer.ContentTarget;
import dev.bulkdl.transfer.RequestSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes the content of URLs to standard output, one behind the other, and nothing else. It stops
 * at the first one that fails.
 *
 * @param events sees the events of the files, for messages
 */
public record UrlToStream(List<Download> files, Settings settings, TransferListener events) {

  public UrlToStream {
    files = List.copyOf(files);
  }

  /** Runs to the end and returns the exit code. */
  public int run(Console console) {
    Optional<Settings> forUrls = UrlDownload.checked(files, settings, console);
    if (forUrls.isEmpty()) {
      return ExitCode.USAGE;
    }
    Settings checked = forUrls.get();
    EngineSettings own = EngineSettings.DEFAULTS.with(checked.http(), checked.timeouts());
    try (TransferEngine engine = TransferEngine.start(own);
        ContentRun contents = engine.openContents(RequestSettings.of(checked), events);
        Interrupts interrupts = console.interrupts(contents::close)) {
      int code = interrupts.exitCode(fetch(contents, console.out(), console));
      interrupts.explain();
      return code;
    } catch (IOException e) {
      console.say(IoText.of(e));
      return ExitCode.DISK;
    }
  }

  private int fetch(ContentRun contents, OutputStream out, Console console) {
    for (Download file : files) {
      try {
        int code = exitCode(contents.fetch(file, ContentTarget.of(out)));
        if (code != ExitCode.COMPLETE) {
          return code;
        }
      } catch (IOException e) {
        console.say("standard output cannot be written: " + IoText.of(e));
        return ExitCode.DISK;
      }
    }
    return ExitCode.COMPLETE;
  }

  private static int exitCode(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed ignored -> ExitCode.COMPLETE;
      case Outcome.Skipped ignored -> ExitCode.COMPLETE;
      case Outcome.Cancelled ignored -> ExitCode.TRY_AGAIN;
      case Outcome.Failed failed -> exitCode(failed.failure());
    };
  }

  private static int exitCode(Failure failure) {
    if (failure instanceof Failure.Disk) {
      return ExitCode.DISK;
    }
    return failure.isTransient() ? ExitCode.TRY_AGAIN : ExitCode.FAILED;
  }
}
