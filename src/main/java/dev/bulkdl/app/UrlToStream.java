package dev.bulkdl.app;

import dev.bulkdl.ContentFetcher;
import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Settings;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.text.IoText;
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
    try (ContentFetcher fetcher = ContentFetcher.with(forUrls.get()).listener(events).open();
        Interrupts interrupts = console.interrupts(fetcher::close)) {
      int code = interrupts.exitCode(fetch(fetcher, console.out(), console));
      interrupts.explain();
      return code;
    } catch (IOException e) {
      console.say(IoText.of(e));
      return ExitCode.DISK;
    }
  }

  private int fetch(ContentFetcher fetcher, OutputStream out, Console console) {
    for (Download file : files) {
      try {
        int code = exitCode(fetcher.toStream(file, out));
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
