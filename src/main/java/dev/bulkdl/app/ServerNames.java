package dev.bulkdl.app;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.transfer.NameProbe;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Gives files the names that their servers state in Content-Disposition. */
public final class ServerNames {

  private ServerNames() {}

  /**
   * The result.
   *
   * @param files empty if the user stopped it
   * @param exitCode that of the stop
   */
  public record Named(List<Download> files, int exitCode) {
    public Named {
      files = List.copyOf(files);
    }
  }

  /**
   * Asks for the names. A file keeps its name, with a note, if the server gives none that may be
   * used.
   */
  public static Named ask(List<Download> files, Settings settings, Console console)
      throws IOException {
    Optional<Settings> forUrls = UrlDownload.checked(files, settings, new SilentConsole());
    if (forUrls.isEmpty()) {
      return new Named(files, ExitCode.COMPLETE); // the download says why it is refused
    }
    Permits permits = new Permits(settings.limits());
    RunControl control = new RunControl(permits);
    try (OutputFolder folder = OutputFolder.look(settings.disk());
        TransferEngine engine =
            TransferEngine.start(
                EngineSettings.DEFAULTS.with(settings.http(), settings.timeouts()));
        Console.Interrupts interrupts = console.interrupts(control::stop)) {
      TransferContext context =
          engine.join(forUrls.get(), TransferContext.Target.of(folder), permits, control, silent());
      NameProbe probe = new NameProbe(context, control.cancellation());
      List<Download> named = new ArrayList<>();
      try {
        for (Download file : files) {
          named.add(named(file, probe, console));
        }
        return new Named(named, ExitCode.COMPLETE);
      } catch (CancellationException e) {
        interrupts.explain();
        return new Named(List.of(), interrupts.exitCode(ExitCode.TRY_AGAIN));
      }
    }
  }

  private static Download named(Download file, NameProbe probe, Console console) {
    Optional<TargetName> name = probe.ask(file).flatMap(ServerNames::usable);
    if (name.isEmpty()) {
      console.note(
          "note: the server gives no name that can be used; the file is called " + file.target());
      return file;
    }
    Map<String, String> columns = new LinkedHashMap<>(file.columns());
    columns.put("filename", name.get().value());
    return new Download(
        file.line(),
        name.get(),
        file.source(),
        file.size(),
        file.checksums(),
        columns,
        file.priority());
  }

  /** A name that a partial file or a lock of another file could have is not used. */
  private static Optional<TargetName> usable(String name) {
    try {
      return name.matches("(?i).*\\.part(\\..*)?")
          ? Optional.empty()
          : Optional.of(TargetName.of(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ProgressListener silent() {
    return new ProgressListener() {
      @Override
      public void onProgress(RunProgress progress) {}
    };
  }
}
