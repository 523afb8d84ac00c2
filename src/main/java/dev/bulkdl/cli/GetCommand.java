package dev.bulkdl.cli;

import dev.bulkdl.app.FileDownload;
import dev.bulkdl.app.ServerNames;
import dev.bulkdl.app.UrlDownload;
import dev.bulkdl.app.UrlToStream;
import dev.bulkdl.manifest.SingleRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.RunAgain;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkdl get URL…}: downloads URLs with the same engine and the same promises. */
@Command(
    name = "get",
    sortOptions = false,
    customSynopsis = "bulkdl get [OPTIONS] URL...",
    description = {
      "Download URLs, into the current folder unless -d says otherwise.",
      "It leaves the files and nothing else; with --report it keeps what a run of a manifest keeps."
    },
    footer = {
      "",
      "A URL without a scheme is https, on this machine http. Each file is locked while it is",
      "downloaded. -o - writes to standard output, and only the content.",
      "Exit codes: 0 all there, 1 failed for good, 2 usage, 3 run it again, 4 local disk,",
      "129/130/143 stopped by a signal."
    })
final class GetCommand implements Callable<Integer>, SummaryPrinter {

  private static final String STANDARD_OUTPUT = "-";

  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private EngineOptions engine;
  @Mixin private DiskOptions disk;
  @Mixin private RecordOptions records;
  @Mixin private ScheduleOptions schedule;
  @Mixin private OutputOptions output;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "http or https URLs.")
  private List<String> urls;

  @Option(
      names = "--no-xattr",
      description = "Do not keep the URL in the file's attribute user.xdg.origin.url.")
  private boolean noXattr;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "NAME",
      description = "The file's name or path (the URL's last part); - is standard output.")
  private @Nullable String name;

  @Option(
      names = "--content-disposition",
      description = "Ask the server for the name (one HEAD); a path or a hidden name is not used.")
  private boolean serverNames;

  @Option(
      names = "--report",
      description = "Keep results, log and report in .bulkdl, and lock the folder, as a run does.")
  private boolean report;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public boolean printsASummaryOnly() {
    return !output.json() && !STANDARD_OUTPUT.equals(name);
  }

  /**
   * Where a file goes.
   *
   * @param folder from {@code -d}, or from an absolute {@code -o}
   * @param name empty for the last part of the URL
   */
  private record Place(Path folder, Optional<String> name) {}

  @Override
  public Integer call() {
    TerminalConsole console = output.console(terminal);
    Place place = place();
    List<Download> files = files(place.name());
    Settings settings =
        engine
            .settings(disk.settings(place.folder()), console)
            .with(records.settings().withAttribute(!noXattr))
            .with(schedule.schedule(engine.zone()));
    if (STANDARD_OUTPUT.equals(name)) {
      return new UrlToStream(files, settings, console.fileEvents()).run(console);
    }
    return serverNames && name == null
        ? underServerNames(files, settings, console)
        : download(files, settings, console);
  }

  private int underServerNames(List<Download> files, Settings settings, TerminalConsole console) {
    try {
      ServerNames.Named named = ServerNames.ask(files, settings, console);
      return named.files().isEmpty()
          ? named.exitCode()
          : download(named.files(), settings, console);
    } catch (IOException e) {
      console.say(IoText.of(e));
      return ExitCode.DISK;
    }
  }

  private int download(List<Download> files, Settings settings, TerminalConsole console) {
    RunAgain again = SameCommand.unchanged(spec);
    return report || output.outputs().onComplete().isPresent()
        ? new FileDownload(files, settings, output.outputs(), Optional.of(again)).run(console)
        : new UrlDownload(files, settings, output.outputs(), again).run(console);
  }

  private Place place() {
    Path folder = disk.outputDir(Path.of(""));
    if (name == null) {
      return new Place(folder, Optional.empty());
    }
    if (name.equals(STANDARD_OUTPUT)) {
      return new Place(folder, Optional.of("standard output"));
    }
    if (urls.size() > 1) {
      throw usage("-o names one file, and there are " + urls.size() + " URLs; use -d for a folder");
    }
    Path path = new UserPath().convert(name);
    Path parent = path.getParent();
    Path last = path.getFileName();
    return path.isAbsolute() && parent != null && last != null
        ? new Place(parent, Optional.of(last.toString()))
        : new Place(folder, Optional.of(name));
  }

  private List<Download> files(Optional<String> given) {
    Map<String, Download> files = new LinkedHashMap<>();
    for (String url : urls) {
      Download file = file(url, given);
      String key =
          given.isPresent() || serverNames ? file.source().toString() : file.target().value();
      Download other = files.putIfAbsent(key, file);
      if (other != null && !other.source().equals(file.source())) {
        throw usage(
            "two URLs have the same name "
                + file.target().value()
                + "; get them one by one with -o, or write a manifest with names");
      }
    }
    return List.copyOf(files.values());
  }

  private Download file(String url, Optional<String> given) {
    try {
      // A word behind a secret option may be a secret: it must not become a host to ask for.
      boolean guess = !GivenArguments.of(spec).mayBeSecret(url);
      return SingleRow.read(guess ? UrlArgument.complete(url) : url, given);
    } catch (IllegalArgumentException e) {
      String reason =
          String.valueOf(e.getMessage()).replace("the row must give one", "give one with -o");
      String which = urls.size() == 1 ? "" : "URL " + (urls.indexOf(url) + 1) + ": ";
      throw usage(which + reason);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
