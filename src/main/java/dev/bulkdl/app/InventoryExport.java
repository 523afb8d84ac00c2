package dev.bulkdl.app;

import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.InventoryText;
import dev.bulkdl.report.InventoryText.State;
import dev.bulkdl.report.ReportFiles;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Prints a folder's inventory for other programs. Changes nothing in the folder.
 *
 * @param folder the output folder of the runs
 * @param output the file to write; empty for standard output
 */
public record InventoryExport(Path folder, Format format, Optional<Path> output) {

  /** The form of the export. */
  public enum Format {
    CSV,
    JSONL,
    SHA256SUMS
  }

  /** Exports and returns the exit code. */
  public int run(Console console) {
    try (InventoryFiles files = InventoryFiles.open(folder)) {
      return output.isPresent()
          ? write(files, output.get(), console)
          : export(files, console::print, console);
    } catch (IOException e) {
      console.say(IoText.of(e));
      return ExitCode.USAGE;
    }
  }

  private int write(InventoryFiles files, Path file, Console console) throws IOException {
    Path draft = ReportFiles.draftOf(file.toAbsolutePath());
    int code;
    try (OutputStream out = ReportFiles.create(draft)) {
      code = export(files, line -> write(out, line), console);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    ReportFiles.publish(draft, file.toAbsolutePath());
    return code;
  }

  private static void write(OutputStream out, String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int export(InventoryFiles files, Consumer<String> lines, Console console)
      throws IOException {
    if (format == Format.SHA256SUMS) {
      return sums(files, lines, console);
    }
    if (format == Format.CSV) {
      lines.accept(InventoryText.csvHeader());
    }
    files.forEach(
        item ->
            lines.accept(
                format == Format.CSV
                    ? InventoryText.csvRow(item.entry(), item.state())
                    : InventoryText.jsonLine(item.entry(), item.state())));
    return ExitCode.COMPLETE;
  }

  private static int sums(InventoryFiles files, Consumer<String> lines, Console console)
      throws IOException {
    LeftOut leftOut = new LeftOut();
    files.forEach(
        item -> {
          Optional<String> sha256 = InventoryText.sha256(item.entry());
          if (item.state() == State.THERE && sha256.isPresent()) {
            lines.accept(InventoryText.sumLine(sha256.get(), item.entry().name().value()));
          } else {
            leftOut.add(item.state());
          }
        });
    return leftOut.explain(console);
  }

  /** Counts the files that a list of sums cannot hold. */
  private static final class LeftOut {
    private long gone;
    private long changed;
    private long withoutHash;

    void add(State state) {
      switch (state) {
        case GONE -> gone++;
        case CHANGED -> changed++;
        case THERE -> withoutHash++;
      }
    }

    int explain(Console console) {
      if (gone > 0) {
        console.note("not listed: " + gone + " gone");
      }
      if (changed > 0) {
        console.say("not listed: " + changed + " changed since they were downloaded");
      }
      if (withoutHash > 0) {
        console.say(
            "not listed: "
                + withoutHash
                + " without a sha256; download with --hash sha256, or use --to bagit, which hashes"
                + " them");
      }
      return changed + withoutHash > 0 ? ExitCode.FAILED : ExitCode.COMPLETE;
    }
  }
}
