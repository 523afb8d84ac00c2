package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.manifest.ManifestError;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestCheckTest {

  @Test
  void addsUpWhatIsKnown() {
    try (Manifest manifest =
        open("filename,url,size\na,http://h/a,5\nb,http://h/b,\nc,http://h/c,7\n")) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.usable()).isTrue();
      assertThat(check.errorCount()).isZero();
      assertThat(check.errors()).isEmpty();
      assertThat(check.rowCount()).isEqualTo(3);
      assertThat(check.badRowCount()).isZero();
      assertThat(check.knownBytes()).isEqualTo(12);
      assertThat(check.rowsWithoutSize()).isEqualTo(1);
    }
  }

  @Test
  void doesNotOverflow() {
    String row = ",http://h/x," + Long.MAX_VALUE + "\n";
    try (Manifest manifest = open("filename,url,size\na" + row + "b" + row + "c" + row)) {
      assertThat(ManifestCheck.of(manifest, false).knownBytes()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void reportsEverythingInOnePass() {
    String text =
        "filename,url,size\na,http://h/a,x\n../b,ftp://h/b,5\nc,http://h/c,\nc,http://h/d,\n";
    try (Manifest manifest = open(text)) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.usable()).isTrue();
      assertThat(check.rowCount()).isEqualTo(4);
      assertThat(check.badRowCount()).isEqualTo(3);
      assertThat(check.errorCount()).isEqualTo(4);
      assertThat(check.knownBytes()).isZero();
      assertThat(check.rowsWithoutSize()).isEqualTo(1);
      assertThat(check.errors()).extracting(ManifestError::line).containsExactly(2L, 3L, 3L, 5L);
      assertThat(check.errors().getLast()).hasToString("line 5: 'c' is also the file of line 4");
    }
  }

  @Test
  void takesIdenticalRowsOnceAndCountsThem() {
    String text =
        "filename,url,size,note\na,http://h/a,5,x\nb,http://h/b,,\na,http://h/a,5,y\nb,http://h/b,,\n";
    try (Manifest manifest = open(text)) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.errorCount()).isZero();
      assertThat(check.rowCount()).isEqualTo(2);
      assertThat(check.knownBytes()).isEqualTo(5);
      assertThat(check.repetition())
          .hasValue(
              "2 rows are the same as an earlier row and left out (first: line 4 repeats line 2)");
      assertThat(rows(check)).extracting(ManifestRow::line).containsExactly(2L, 3L);
    }
  }

  @Test
  void doesNotTakeRowsForTheSameThatDifferInUrlSizeHashOrCase() {
    String sum = "0".repeat(32);
    String text =
        "filename,url,size,md5\na,http://h/a,5,\na,http://h/A,5,\na,http://h/a,6,\na,http://h/a,5,"
            + sum
            + "\nA,http://h/a,5,\n";
    try (Manifest manifest = open(text)) {
      ManifestCheck check = ManifestCheck.of(manifest, true);

      assertThat(check.repetition()).isEmpty();
      assertThat(check.rowCount()).isEqualTo(5);
      assertThat(check.errors()).extracting(ManifestError::line).containsExactly(3L, 4L, 5L, 6L);
    }
  }

  @Test
  void givesCollidingRowsAsBadInTheSecondPass() {
    String text =
        "url,filename\nhttp://h/1,a\nhttp://h/2,A\nftp://h/3,b\nhttp://h/4,a\nhttp://h/5,a/b\nhttp://h/6,c\n";
    try (Manifest manifest = open(text)) {
      ManifestCheck check = ManifestCheck.of(manifest, true);

      List<ManifestRow> rows = rows(check);

      assertThat(rows).extracting(ManifestRow::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(rows)
          .filteredOn(ManifestRow.Good.class::isInstance)
          .extracting(ManifestRow::line)
          .containsExactly(2L, 7L);
      assertThat(rows)
          .filteredOn(ManifestRow.Bad.class::isInstance)
          .flatExtracting(row -> ((ManifestRow.Bad) row).errors())
          .isEqualTo(check.errors());
      assertThat(rows.get(1).columns()).containsEntry("url", "http://h/2");
    }
  }

  @Test
  void knowsTwoNamesApartThatDifferInCaseWhereTheFileSystemDoes() {
    try (Manifest manifest = open("filename,url\na,http://h/a\nA,http://h/b\n")) {
      assertThat(ManifestCheck.of(manifest, false).errorCount()).isZero();
    }
  }

  @Test
  void findsThatThereAreNoRows() {
    try (Manifest manifest = open("filename,url\n# nothing\n")) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.usable()).isFalse();
      assertThat(check.errorCount()).isEqualTo(1);
      assertThat(check.errors().getFirst()).hasToString("the manifest has no rows");
    }
  }

  @Test
  void findsThatItCannotBeReadToItsEnd() {
    try (Manifest manifest = open("filename,url\n..,http://h/a\nb,http://h/b\n\"c,http://h/c\n")) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.usable()).isFalse();
      assertThat(check.errorCount()).isEqualTo(2);
      assertThat(check.errors()).extracting(ManifestError::line).containsExactly(2L, 4L);
    }
  }

  @Test
  void keepsAThousandErrorsAndCountsTheRest() {
    String text = "filename,url\n" + "..,ftp://h\n".repeat(700) + "\"x";
    try (Manifest manifest = open(text)) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.errorCount()).isEqualTo(1401);
      assertThat(check.badRowCount()).isEqualTo(700);
      assertThat(check.errors()).hasSize(ManifestCheck.MAX_ERRORS_KEPT + 1);
      assertThat(check.errors().getLast().line()).isEqualTo(702);
    }
  }

  @Test
  void copesWithANameRepeatedAllOver() {
    StringBuilder text = new StringBuilder("filename,url\n");
    for (int i = 0; i <= 100_000; i++) {
      text.append("a,http://h/").append(i).append('\n');
    }
    try (Manifest manifest = open(text.toString())) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.errorCount()).isEqualTo(100_000);
      assertThat(rows(check)).filteredOn(ManifestRow.Good.class::isInstance).hasSize(1);
    }
  }

  @Test
  void copesWithARowRepeatedAllOver() {
    String row = "a,http://h/a\n";
    try (Manifest manifest = open("filename,url\n" + row.repeat(100_001))) {
      ManifestCheck check = ManifestCheck.of(manifest, false);

      assertThat(check.errorCount()).isZero();
      assertThat(check.rowCount()).isEqualTo(1);
      assertThat(check.repetition().orElseThrow()).startsWith("100000 rows are the same");
      assertThat(rows(check)).filteredOn(ManifestRow.Good.class::isInstance).hasSize(1);
    }
  }

  private static Manifest open(String text) {
    return Manifest.open("-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<ManifestRow> rows(ManifestCheck check) {
    List<ManifestRow> all = new ArrayList<>();
    try (ManifestRows rows = check.rows()) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }
}
