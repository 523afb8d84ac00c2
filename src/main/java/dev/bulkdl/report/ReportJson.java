package dev.bulkdl.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes reports as JSON. The output is ASCII only, so it contains no control sequences for a
 * terminal.
 */
public final class ReportJson {

  /** The file's name in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = "report.json";

  private ReportJson() {}

  /** The document: several lines, no line end after the last. */
  public static String render(Record report) {
    return JsonText.lines(report);
  }

  /**
   * Writes report.json into the folder {@code .bulkdl}, which must exist, and publishes it by an
   * atomic rename.
   *
   * @throws IOException if it cannot be written; an earlier report.json then remains
   */
  public static void write(RunReport report, Path ownFolder) throws IOException {
    Path file = ownFolder.resolve(FILE_NAME);
    Path draft = ReportFiles.draftOf(file);
    try (OutputStream out = ReportFiles.create(draft)) {
      out.write((render(report) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    ReportFiles.publish(draft, file);
  }
}
