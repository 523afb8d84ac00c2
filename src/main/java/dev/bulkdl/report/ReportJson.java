package dev.bulkdl.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reports as JSON, in ASCII alone, so that no terminal obeys a character of it. */
public final class ReportJson {

  /** The file's name in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = "report.json";

  private ReportJson() {}

  /** The document, several lines without a line end after the last. */
  public static String render(Record report) {
    return JsonText.lines(report);
  }

  /**
   * Puts report.json into the folder {@code .bulkdl}, which exists, in one step.
   *
   * @throws IOException when it cannot be written; an earlier report.json is then still there
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
