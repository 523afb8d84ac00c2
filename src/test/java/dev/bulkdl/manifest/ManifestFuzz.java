package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/**
 * Any bytes give rows or errors with a place and a reason. Each pass over the same bytes gives the
 * same result.
 */
class ManifestFuzz {

  @DictionaryEntries({
    "filename,url\\x0a",
    "url;size;sha256\\x0a",
    "http://h/a",
    "\\\"",
    "\\x0d\\x0a",
    "#",
    "\\x1f\\x8b\\x08",
    "checksum",
    "../"
  })
  @FuzzTest
  void isRowsOrErrors(byte[] bytes) {
    try (Manifest manifest = Texts.open(bytes)) {
      List<ManifestRow> rows = Texts.rows(manifest);
      long line = 0;
      for (ManifestRow row : rows) {
        assertThat(row.line()).isGreaterThan(line);
        line = row.line();
        assertThat(row.columns()).containsOnlyKeys(manifest.header());
        check(row);
      }
      assertThat(Texts.rows(manifest)).isEqualTo(rows);
    } catch (ManifestException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    }
  }

  private static void check(ManifestRow row) {
    switch (row) {
      case ManifestRow.Good good -> {
        assertThat(good.download().source().getScheme()).matches("(?i)https?");
        assertThat(good.columns().values()).anyMatch(cell -> cell.contains("://"));
      }
      case ManifestRow.Bad bad ->
          assertThat(bad.errors())
              .isNotEmpty()
              .allMatch(error -> error.line() == row.line() && !error.reason().isBlank())
              .noneMatch(error -> error.toString().matches("(?s).*\\p{Cntrl}.*"));
    }
  }
}
