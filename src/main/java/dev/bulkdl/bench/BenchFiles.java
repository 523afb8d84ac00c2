package dev.bulkdl.bench;

import dev.bulkdl.report.ReportJson;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The files that a bench writes: {@value #JSON} and {@value #LOG}.
 *
 * @param overwrite whether existing files with these names may be replaced
 */
public record BenchFiles(Path folder, boolean overwrite) {

  public static final String JSON = "bench.json";
  public static final String LOG = "bench.hlog";

  /** An existing file that may not be replaced, if any. */
  public Optional<Path> inTheWay() {
    return List.of(JSON, LOG).stream()
        .map(folder::resolve)
        .filter(file -> !overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /**
   * Writes both files. Each is written as a draft and published by one rename.
   *
   * @throws IOException if they cannot be written, or a file with such a name has appeared and may
   *     not be replaced
   */
  public void write(BenchReport report, List<CellResult> cells) throws IOException {
    Files.createDirectories(folder);
    try (Scratch scratch = Scratch.in(folder)) {
      Path json = scratch.path().resolve(JSON);
      Files.writeString(json, ReportJson.render(report) + "\n");
      Path log = scratch.path().resolve(LOG);
      Files.writeString(log, BenchLog.text(report.version(), cells));
      publish(json);
      publish(log);
    }
  }

  private void publish(Path draft) throws IOException {
    CopyOption[] options =
        overwrite ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0];
    Files.move(draft, folder.resolve(draft.getFileName()), options);
  }
}
