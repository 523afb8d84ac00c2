package dev.bulkdl.cli;

import dev.bulkdl.app.BagExport;
import dev.bulkdl.app.InventoryExport;
import dev.bulkdl.app.InventoryExport.Format;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkdl inventory [DIR]}: exports what all runs have noted about a folder's files. */
@Command(
    name = "inventory",
    sortOptions = false,
    description =
        "Print what all runs into a folder have noted: where each file came from, its hash.",
    footer = {
      "",
      "csv and jsonl hold a state for each file: there, changed or gone. sha256sums is read by",
      "sha256sum -c in the folder. bagit makes a new folder of hard links with a manifest (RFC 8493).",
      "Exit codes: 0 done, 1 some files are left out, 2 usage or no inventory, 4 local disk."
    })
final class InventoryCommand implements Callable<Integer> {

  private static final String BAGIT = "bagit";

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "The output folder (here).")
  private @Nullable Path folder;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "csv, jsonl, sha256sums or bagit (${DEFAULT-VALUE}).")
  private String format = "csv";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write (standard output); for bagit the folder to make.")
  private @Nullable Path output;

  @Option(names = "--copy", description = "Copy files into the bag instead of linking them.")
  private boolean copy;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  InventoryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path from = folder == null ? Path.of("") : folder;
    TerminalConsole console = TerminalConsole.plain(terminal, false);
    String wanted = format.strip().toLowerCase(Locale.ROOT);
    if (wanted.equals(BAGIT)) {
      if (output == null) {
        throw wrong("--to bagit needs the folder to make, for example: -o bag");
      }
      return new BagExport(from, output, copy).run(console);
    }
    if (copy) {
      throw wrong("--copy is for --to bagit");
    }
    return new InventoryExport(from, format(wanted), Optional.ofNullable(output)).run(console);
  }

  private Format format(String wanted) {
    for (Format known : Format.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return known;
      }
    }
    throw wrong("'" + format + "' is none of csv, jsonl, sha256sums, bagit");
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
