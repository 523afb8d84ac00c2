package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestColumnsTest {

  @Test
  void knowsNamesInAnyCase() {
    List<String> known =
        List.of(
            "FileName",
            "file",
            "name",
            "path",
            "out",
            "URL",
            "uri",
            "link",
            "Size",
            "bytes",
            "length",
            "sha256",
            "sha512",
            "sha1",
            "MD5",
            "crc32c",
            "checksum");
    assertThat(ManifestColumns.of(known).extra()).isEmpty();
  }

  @Test
  void findsTheCellsOfARow() {
    ManifestColumns columns = ManifestColumns.of(List.of("Link", "id", "Out"));
    assertThat(columns.extra()).containsExactly("id");
    assertThat(columns.nameIn(row("Link", "u", "id", "7", "Out", "n"))).isEqualTo("n");
    assertThat(columns.urlIn(row("Link", "u", "id", "7", "Out", "n"))).isEqualTo("u");
    assertThat(columns.urlIn(row())).isEmpty();
  }
}
