package dev.bulkdl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputDirsTest {

  @ParameterizedTest
  @CsvSource({
    "files.csv, files",
    "some/where/files.csv, files",
    "../files.tsv, files",
    "files.csv.gz, files",
    "FILES.CSV.GZ, FILES",
    "my.files.2025.csv, my.files.2025",
    "files.gz, files",
    "files, files-files",
    ".csv, .csv-files",
    "-, downloads",
  })
  void isTheManifestsNameWithoutItsEndingInTheCurrentFolder(String manifest, Path folder) {
    assertThat(OutputDirs.forManifest(manifest)).isEqualTo(folder);
  }

  @Test
  void theFailedRowsOfAFolderGoOnInThatFolder(@TempDir Path out) {
    Path failed = out.resolve(".bulkdl").resolve("failed.csv");
    assertThat(OutputDirs.forManifest(failed.toString())).isEqualTo(out);
  }
}
