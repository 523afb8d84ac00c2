package dev.bulkdl.cli;

import dev.bulkdl.app.ManifestBench;
import dev.bulkdl.app.ManifestInput;
import dev.bulkdl.app.RunOutputs.Summary;
import dev.bulkdl.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkdl bench MANIFEST}: measures the speed of a link, a server and a disk. */
@Command(
    name = "bench",
    customSynopsis = "bulkdl bench [OPTIONS] MANIFEST",
    sortOptions = false,
    description = {
      "Measure throughput and latencies for several numbers of connections.",
      "It downloads the rows of the manifest again and again with the engine of a run, keeps no",
      "file, and leaves bench.json and bench.hlog (for the tools of HdrHistogram) in the output",
      "folder."
    },
    footer = {
      "",
      "What counts: bytes received, files completed and answers begun (first byte) between the end",
      "of the warmup and the end of the duration, as far as a sample each quarter of a second",
      "tells; rates are by the time between the samples. Connects and errors (failed attempts,",
      "repeated or not) count from the beginning. A file's latency is from the first look at it to",
      "its final name. A row that fails for good is left out; the first 100000 rows are used.",
      "Percentiles are those of what was measured, all repeats together, exact to three digits,",
      "not corrected for coordinated omission: a file begins when another has ended, so there is",
      "no schedule that a slow answer could hold up; it lowers the throughput instead.",
      "With --sink discard no hash is checked.",
      "Exit codes: 0 measured, 1 or 3 not a byte came (3: it may later), 2 usage or manifest,",
      "4 local disk, 129/130/143 stopped; what was measured until then is shown and kept."
    })
final class BenchCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private BenchOptions bench;
  @Mixin private EngineOptions engine;

  @Parameters(
      paramLabel = "MANIFEST",
      description = "A CSV file with the columns filename and url; - is standard input.")
  private String location;

  @Option(
      names = {"-d", "--output-dir"},
      paramLabel = "DIR",
      description = "Where results go, and files while they are measured (the current folder).")
  private Path outputDir = Path.of("");

  @Option(
      names = "--overwrite",
      description = "Replace bench.json and bench.hlog where they are there.")
  private boolean overwrite;

  @Option(names = "--skip-bad-rows", description = "Measure with the good rows.")
  private boolean skipBadRows;

  @Option(
      names = "--json",
      description = "Print bench.json to standard output instead of the table.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Errors only, no progress and no table.")
  private boolean quiet;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  private BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns the command without the engine options that {@code --connections} replaces. */
  static CommandLine line(Terminal terminal) {
    CommandLine line = new CommandLine(new BenchCommand(terminal));
    CommandSpec spec = line.getCommandSpec();
    for (String swept : List.of("--max-files", "--max-connections", "--max-per-host")) {
      spec.remove(spec.findOption(swept));
    }
    return line;
  }

  @Override
  public Integer call() {
    String manifest = ManifestArgument.checked(location, spec);
    Settings settings = engine.settings(bench.disk(outputDir));
    ManifestInput input = new ManifestInput(manifest, terminal.in(), skipBadRows);
    Summary summary = json ? Summary.JSON : quiet ? Summary.NONE : Summary.TEXT;
    return new ManifestBench(input, settings, bench.plan(), overwrite, summary)
        .run(TerminalConsole.plain(terminal, quiet));
  }
}
