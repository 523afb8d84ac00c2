package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

  private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
  private static final String SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

  @Test
  void readsSizeAndHashes() {
    Download download =
        good(
            "SHA1;size;url;checksum\n"
                + SHA1
                + "; 12 ;http://h/a;MD5:"
                + MD5.toUpperCase(Locale.ROOT)
                + "\n");

    assertThat(download.size()).isEqualTo(OptionalLong.of(12));
    assertThat(download.checksums())
        .containsExactly(Checksum.parse(SHA1), Checksum.parse("md5:" + MD5));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "-1000, -1000", "' +12 ', 12", "'', 0"})
  void readsAPriority(String cell, int priority) {
    assertThat(good("url,Priority\nhttp://h/a," + cell + "\n").priority()).isEqualTo(priority);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "-1001", "1.5", "high", "99999999999"})
  void aPriorityIsAWholeNumberInItsRange(String cell) {
    assertThat(errors("url,priority\nhttp://h/a," + cell + "\n").toString())
        .contains("column 2 (priority)")
        .contains("the priority must be a whole number from -1000 to 1000");
  }

  @Test
  void leavesOutWhatIsEmpty() {
    Download download = good("url,size,md5,filename\nhttp://h/a, ,,\n");

    assertThat(download.size()).isEmpty();
    assertThat(download.checksums()).isEmpty();
    assertThat(download.target().value()).isEqualTo("a");
  }

  @Test
  void takesShortRowsWhoseMissingCellsMayBeEmpty() {
    assertThat(good("url,filename,size,md5\nhttp://h/a\n").target().value()).isEqualTo("a");
  }

  @Test
  void ignoresEmptyCellsBeyondTheHeader() {
    assertThat(good("filename,url\na,http://h/a,, \n").columns())
        .containsOnlyKeys("filename", "url");
  }

  @Test
  void takesTheSameHashGivenTwice() {
    assertThat(good("url,md5,checksum\nhttp://h/a," + MD5 + "," + MD5 + "\n").checksums())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.txt | line 2, column 2 (url): the URL is missing",
        "a.txt,ftp://h/x | line 2, column 2 (url): only http and https are fetched, not ftp: 'ftp://h/x'",
        "a.txt,http://h/x,y | line 2: 3 cells, 1 more than the first line has; put a cell that holds the separator in quotes",
        "../a,http://h/x | line 2, column 1 (filename): the file name holds '..'; name the place itself: '../a'",
        "/etc/a,http://h/x | line 2, column 1 (filename): the file name is absolute; give one below the output folder: '/etc/a'",
        "a//b,http://h/x | line 2, column 1 (filename): the file name has an empty folder or file part: 'a//b'",
        ".bulkdl/a,http://h/x | line 2, column 1 (filename): names inside .bulkdl/ are the downloader's own: '.bulkdl/a'",
        ",http://h/x/ | line 2, column 2 (url): the URL's path ends without a file name, so the row must give one: 'http://h/x/'",
        ",http://h/%2e%2E | line 2, column 2 (url): the file name holds '..'; name the place itself: 'http://h/%2e%2E'",
        ",http://h/..%2f..%2fa | line 2, column 2 (url): the file name holds '..'; name the place itself: 'http://h/..%2f..%2fa'",
        ",http://h/a%00b | line 2, column 2 (url): the file name holds a control character: 'http://h/a%00b'",
      })
  void saysWhatIsWrongAndWhere(String row, String error) {
    assertThat(Texts.told("filename,url\n" + row + "\n")).containsExactly(error);
  }

  @ParameterizedTest
  @CsvSource({
    "size, -1, the size must be a whole number of bytes: '-1'",
    "size, 1.5, the size must be a whole number of bytes: '1.5'",
    "size, 10M, the size must be a whole number of bytes: '10M'",
    "size, ١٢, the size must be a whole number of bytes: '١٢'",
    "size, 9223372036854775808, the size is too large: '9223372036854775808'",
    "md5, abc, 'a md5 has 32 hexadecimal digits, this has 3: ''abc'''",
    "crc32c, 0123456g, not hexadecimal: '0123456g'",
    "checksum, sha3:00, 'unknown hash; known are sha512, sha256, sha1, md5, crc32c: ''sha3:00'''",
    "checksum, 123456789, no known hash has 9 digits: '123456789'",
  })
  void refusesWrongSizesAndHashes(String column, String cell, String reason) {
    String text = "url," + column + "\nhttp://h/a," + cell + "\n";

    assertThat(Texts.told(text)).containsExactly("line 2, column 2 (" + column + "): " + reason);
  }

  @Test
  void refusesTwoHashesOfOneKindThatDiffer() {
    String other = MD5.replace('d', 'e');

    assertThat(Texts.told("url,checksum,MD5\nhttp://h/a," + other + "," + MD5 + "\n"))
        .containsExactly("line 2, column 2 (checksum): the md5 differs from column md5");
  }

  @Test
  void reportsAllErrorsOfARowAndOfAllRows() {
    String text = "filename,url,size,md5\n../a,ftp://h,x,y\nb,http://h/b,,\n/c,file:///c,,\n";

    List<ManifestRow> rows = Texts.rows(text);

    assertThat(((ManifestRow.Bad) rows.get(0)).errors()).hasSize(4);
    assertThat(rows.get(1)).isInstanceOf(ManifestRow.Good.class);
    assertThat(((ManifestRow.Bad) rows.get(2)).errors()).hasSize(2);
  }

  @Test
  void failsAsHttpForTheUrlAndAsNameForTheRest() {
    assertThat(errors("filename,url\n..,ftp://h\n"))
        .extracting(error -> error.failure().label())
        .containsExactlyInAnyOrder("http", "name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://user:SECRET@h/x",
        "http://user:SE/CRET@h:99999/x",
        "user:SECRET@h/x",
        "http://u:SECRET@/x",
        "http://h:99999/x?token=SECRET",
      })
  void showsNoSecretOfAUrl(String url) {
    String shown = errors("filename,url\na,\"" + url + "\"\n").toString();

    assertThat(shown).doesNotContain("SECRET").doesNotContain("CRET@");
  }

  @Test
  void showsControlCharactersEscapedAndLongTextShortened() {
    String shown =
        errors("filename,url\n\"\u001B[31m" + "x".repeat(200) + "\",http://h/x\n").toString();

    assertThat(shown).contains("'\\u001b[31mxxx").contains("x…'").doesNotContain("\u001B");
    assertThat(shown.length()).isLessThan(300);
  }

  @Test
  void keepsTheRowAsItStoodInABadOne() {
    ManifestRow row = Texts.rows("filename,url,note\n..,ftp://h,n\n").getFirst();

    assertThat(row).isInstanceOf(ManifestRow.Bad.class);
    assertThat(row.columns().values()).containsExactly("..", "ftp://h", "n");
  }

  private static Download good(String text) {
    assertThat(Texts.rows(text)).singleElement().isInstanceOf(ManifestRow.Good.class);
    return ((ManifestRow.Good) Texts.rows(text).getFirst()).download();
  }

  private static List<ManifestError> errors(String text) {
    return ((ManifestRow.Bad) Texts.rows(text).getFirst()).errors();
  }
}
