package dev.bulkdl.cli;

import dev.bulkdl.app.ManifestInput;
import dev.bulkdl.app.ManifestVerify;
import dev.bulkdl.app.ManifestVerify.Detail;
import dev.bulkdl.app.OutputDirs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bulkdl verify MANIFEST}: compares the files on disk with the manifest. It uses no network
 * and changes nothing.
 */
@Command(
    name = "verify",
    customSynopsis = "bulkdl verify [OPTIONS] MANIFEST",
    sortOptions = false,
    description = "Check the files on disk against the manifest's sizes and hashes; no network.",
    footer = {
      "",
      "A line each problem (each row with -v), a tab between name and finding; then the totals.",
      "Rows without a hash are compared with what bulkdl has noted in the folder's inventory.",
      "Exit codes: 0 all right, 1 files are missing, wrong or not checked, 2 usage or manifest,",
      "4 files cannot be read, 129/130/143 stopped by a signal."
    })
final class VerifyCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MANIFEST",
      description = "A CSV file with the columns filename and url; - is standard input.")
  private String location;

  @Option(
      names = {"-d", "--output-dir"},
      paramLabel = "DIR",
      description = "Where the files are (the manifest's name without its ending).")
  private @Nullable Path outputDir;

  @Option(
      names = "--skip-bad-rows",
      description = "Check the good rows and report the bad ones as problems.")
  private boolean skipBadRows;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the rows that are right too.")
  private boolean verbose;

  @Option(
      names = "--allow-unchecked",
      description = "Accept files without a hash or size in the list and the inventory.")
  private boolean allowUnchecked;

  @Option(names = "--json", description = "Print all rows and the totals as one JSON document.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String manifest = ManifestArgument.checked(location, spec);
    Path folder = outputDir == null ? OutputDirs.forManifest(manifest) : outputDir;
    ManifestInput input = new ManifestInput(manifest, terminal.in(), skipBadRows);
    Detail detail = json ? Detail.JSON : verbose ? Detail.ALL : Detail.PROBLEMS;
    return new ManifestVerify(input, folder, detail, allowUnchecked)
        .run(TerminalConsole.plain(terminal, false));
  }
}
