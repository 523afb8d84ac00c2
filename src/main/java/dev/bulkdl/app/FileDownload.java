package dev.bulkdl.app;

import dev.bulkdl.engine.Session.Work;
import dev.bulkdl.model.Download;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.RunAgain;
import dev.bulkdl.settings.ListedOrigins;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.NameEncoding;
import java.util.List;
import java.util.Optional;

/**
 * Downloads files that stand in no manifest, and keeps the same of the run as for one.
 *
 * @param files at least one
 * @param again the command that finishes what is left
 */
public record FileDownload(
    List<Download> files, Settings settings, RunOutputs outputs, Optional<RunAgain> again) {

  public FileDownload {
    files = List.copyOf(files);
  }

  /** Runs to the end and returns the exit code. */
  public int run(Console console) {
    NameEncoding names = NameEncoding.ofProcess();
    Optional<String> problem =
        files.stream().flatMap(file -> names.problem(file.target().value()).stream()).findFirst();
    if (problem.isPresent()) {
      console.say(problem.get());
      return ExitCode.USAGE;
    }
    List<String> columns = List.copyOf(files.getFirst().columns().keySet());
    ListedOrigins origins = ListedOrigins.of(files, settings.http().scopes().headers());
    Optional<Settings> forList = ListSettings.of(settings, origins, console);
    if (forList.isEmpty()) {
      return ExitCode.USAGE;
    }
    return new RecordedRun(console, outputs, forList.get(), again, () -> {})
        .run(Work.of(files), columns);
  }
}
