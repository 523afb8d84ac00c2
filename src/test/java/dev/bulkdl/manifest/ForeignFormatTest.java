package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in the form of other programs are named; what may be a manifest is read as one. */
class ForeignFormatTest {

  private static final String HASH = "ab12".repeat(16);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/a.iso~  out=aa.bin~http://h/b.iso | an input file of aria2",
        "http://h/a.iso~\tdir=/x~\tout=b | an input file of aria2",
        "HASH  a.iso~HASH *b.iso | a list of hashes as sha256sum writes it",
        "d41d8cd98f00b204e9800998ecf8427e  a.iso | a list of hashes",
        "{\"url\":\"http://h/a\"}~{\"url\":\"http://h/b\"} | this looks like JSON",
        "[~{\"url\":\"http://h/a\"}] | this looks like JSON",
        "<?xml version=\"1.0\"?>~<metalink> | XML, such as a metalink",
        "<!DOCTYPE html> | a web page",
        "http://h/f01.bin,a.bin~http://h/f02.bin,b.bin | a URL and a name on each line",
        "http://h/f01.bin a.bin~http://h/f02.bin b.bin | a URL and a name on each line",
        "# mine~~http://h/f01.bin;a.bin | a URL and a name on each line",
      })
  void namesTheFormAndTheWayOut(String lines, String form) {
    String text = lines.strip().replace("~", "\n").replace("HASH", HASH).replace("\\t", "\t");
    assertThatThrownBy(() -> Texts.told(text))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("this looks like ")
        .hasMessageContaining(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a,1.txt\nhttp://h/b;2.txt\n",
        "http://h/img/photo,w_100.jpg\n",
        "http://h/my file.bin\nhttp://h/other file.bin\n",
        "http://h/f01.bin,a.bin\nhttp://h/f02.bin\n",
        "http://h/x.php?f=a.bin,b.bin\n",
        "url\nhttp://h/f01.bin,a.bin\n",
        "url,filename\nhttp://h/f01.bin,a.bin\n",
        "filename,url\n  out=x,http://h/a\n",
      })
  void leavesManifestsAlone(String text) {
    assertThat(Texts.told(text)).isNotEmpty();
  }

  @Test
  void aListOfUrlsGivesNoWarning() {
    try (Manifest manifest = Texts.open("# all\nhttp://h/1\nhttp://h/2,b\n")) {
      assertThat(manifest.warnings()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dateiname;URL;Bytes | the column 'Dateiname' is not used, and files are named after their",
        "titel;url;id | the columns 'titel', 'id' are not used",
      })
  void anUnusedColumnBesideADerivedNameIsAWarning(String header, String warning) {
    try (Manifest manifest = Texts.open(header + "\nä b.bin;http://h/f04.bin;5\n")) {
      assertThat(manifest.warnings())
          .singleElement()
          .asString()
          .startsWith(warning)
          .contains("known columns are filename (or file, name, path, out)", "url", "checksum");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"filename;url;note", "url;bytes", "url;sha256", "url;"})
  void otherColumnsAreNoWarning(String header) {
    try (Manifest manifest = Texts.open(header + "\na;http://h/f04.bin;5\n")) {
      assertThat(manifest.warnings()).isEmpty();
    }
  }
}
