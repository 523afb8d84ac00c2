package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows written to failed.csv read back as the same rows. Cells of results.csv contain no formulas
 * and no control characters for a terminal.
 */
class ReportCsvFuzz {

  private static final List<String> HEADER = List.of("filename", "url", "note");

  @FuzzTest
  void readsBackAsItWasWritten(FuzzedDataProvider data) {
    List<List<String>> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder(Csv.line(HEADER)).append('\n');
    while (data.remainingBytes() > 0 && rows.size() < 8) {
      List<String> row = List.of(cell(data), cell(data), cell(data));
      row.forEach(ReportCsvFuzz::assertShownIsHarmless);
      if (!row.stream().allMatch(String::isBlank)) { // such rows are none
        rows.add(row);
        text.append(Csv.line(row)).append('\n');
      }
    }
    assertThat(asManifest(text.toString())).isEqualTo(rows);
  }

  /** Manifest text: UTF-8 without NUL. */
  private static String cell(FuzzedDataProvider data) {
    byte[] bytes = data.consumeBytes(data.consumeInt(0, 30));
    return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
  }

  private static void assertShownIsHarmless(String cell) {
    String shown = Csv.shown(cell);
    assertThat(shown).doesNotContainPattern("\\p{Cntrl}").doesNotMatch("[=+\\-@].*");
  }

  private static List<List<String>> asManifest(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<List<String>> rows = new ArrayList<>();
    try (Manifest manifest = Manifest.open("-", new ByteArrayInputStream(bytes));
        ManifestRows read = manifest.rows()) {
      assertThat(manifest.header()).isEqualTo(HEADER);
      for (ManifestRow row; read.hasNext(); ) {
        row = read.next();
        rows.add(List.copyOf(row.columns().values()));
      }
    }
    return rows;
  }
}
