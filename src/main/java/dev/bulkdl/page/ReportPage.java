package dev.bulkdl.page;

import dev.bulkdl.report.Histograms;
import dev.bulkdl.report.JsonText;
import dev.bulkdl.report.ReportFile;
import dev.bulkdl.report.ReportFiles;
import dev.bulkdl.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes report.html: one self-contained file with style, scripts and data inside. A content
 * security policy lets the browser run only those scripts, identified by their hashes, and fetch
 * nothing.
 */
public final class ReportPage {

  /** The file's name in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = ReportFile.PAGE;

  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");

  private ReportPage() {}

  /**
   * Writes report.html into the folder {@code .bulkdl}, which must exist, and publishes it by an
   * atomic rename.
   *
   * @param history of the same run
   * @param measured times and rates of the same run
   * @param summary the lines that the terminal shows
   * @throws IOException if it cannot be written; an earlier report.html then remains
   */
  public static void write(
      RunReport report,
      RunHistory history,
      Histograms measured,
      List<String> summary,
      Path ownFolder)
      throws IOException {
    String page = render(PageData.of(report, history, measured, summary));
    Path file = ownFolder.resolve(FILE_NAME);
    Path draft = ReportFiles.draftOf(file);
    try (OutputStream out = ReportFiles.create(draft)) {
      out.write(page.getBytes(StandardCharsets.UTF_8));
    }
    ReportFiles.publish(draft, file);
  }

  static String render(PageData data) {
    String style = resource("uPlot.min.css") + resource("page.css");
    String script =
        "/*!\n"
            + resource("uPlot.LICENSE")
            + "*/\n"
            + resource("uPlot.iife.min.js")
            + resource("page.js")
            + resource("charts.js")
            + resource("gantt.js")
            + resource("main.js");
    return filled(
        resource("page.html"),
        Map.of(
            "style", style,
            "script", script,
            "stylehash", hash(style),
            "scripthash", hash(script),
            "data", inScript(JsonText.line(data))));
  }

  /** Fills the template in one pass. The inserted text is not searched for slots. */
  private static String filled(String template, Map<String, String> slots) {
    StringBuilder page = new StringBuilder();
    Matcher slot = SLOT.matcher(template);
    int end = 0;
    while (slot.find()) {
      page.append(template, end, slot.start());
      page.append(Optional.ofNullable(slots.get(slot.group(1))).orElseThrow());
      end = slot.end();
    }
    return page.append(template, end, template.length()).toString();
  }

  /**
   * Escapes the characters that could end the script element. The JSON is ASCII and contains these
   * characters only inside strings.
   */
  private static String inScript(String json) {
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
