package dev.bulkdl.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSourceTest {

  private static final String TEXT = "filename,url\nä.txt,http://h/1\n";

  @TempDir private Path folder;

  @Test
  void readsAFile() throws IOException {
    assertThat(told(TEXT.getBytes(UTF_8))).isEqualTo("2 ä.txt http://h/1");
  }

  @Test
  void readsAFileWithAByteOrderMark() throws IOException {
    assertThat(told(("\uFEFF" + TEXT).getBytes(UTF_8))).isEqualTo("2 ä.txt http://h/1");
  }

  @Test
  void unpacksGzipWhateverTheFileIsCalled() throws IOException {
    assertThat(told(Texts.gzip(TEXT.getBytes(UTF_8)))).isEqualTo("2 ä.txt http://h/1");
  }

  @Test
  void keepsStandardInputInAPrivateFileUntilItIsClosed() throws IOException {
    ManifestSource source = ManifestSource.of("-", input(TEXT.getBytes(UTF_8)));

    assertThat(source.displayName()).isEqualTo("standard input");
    assertThat(source.open()).hasBinaryContent(TEXT.getBytes(UTF_8));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(source.file())))
        .isEqualTo("rw-------");

    source.close();

    assertThat(source.file()).doesNotExist();
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> open(folder.resolve("none.csv")))
        .isInstanceOf(ManifestException.class)
        .hasMessage("there is no such file");
  }

  @Test
  void tellsWhatToDoWithAUrl() {
    assertThatThrownBy(() -> Manifest.open("https://h/list.csv", Texts.noInput()))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("get URL");
  }

  @Test
  void refusesAFolder() {
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ManifestException.class)
        .hasMessage("this is a folder; give the manifest file that lies in it");
  }

  @Test
  void refusesAnImpossibleName() {
    assertThatThrownBy(() -> Manifest.open("a\0b", Texts.noInput()))
        .isInstanceOf(ManifestException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void refusesTextInTwoOrFourBytesACharacter(String charset) {
    assertThatThrownBy(() -> told(TEXT.getBytes(Charset.forName(charset))))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("iconv -f UTF-16 -t UTF-8");
  }

  @Test
  void refusesUtf16InsideGzip() {
    assertThatThrownBy(() -> told(Texts.gzip(TEXT.getBytes(UTF_16))))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("the manifest is UTF-16");
  }

  @Test
  void namesTheLineThatIsNotUtf8() {
    assertThatThrownBy(() -> told(("a,b\nx,http://h/x\n" + TEXT).getBytes(ISO_8859_1)))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("line 4: not UTF-8 (byte 0xE4); convert it");
  }

  @Test
  void namesTheLineThatEndsInsideACharacter() {
    byte[] bytes = TEXT.replace("1\n", "ä").getBytes(UTF_8);

    assertThatThrownBy(() -> told(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("line 2: not UTF-8 (byte 0xC3)");
  }

  @Test
  void namesTheLineOfANulByte() {
    assertThatThrownBy(() -> told("a,b\n\nx,http://h/\0x\n".getBytes(UTF_8)))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("line 3: a NUL byte");
  }

  @ParameterizedTest
  @CsvSource({
    "504b0304140000, a ZIP archive or a spreadsheet",
    "d0cf11e0a1b11ae1, an old spreadsheet or document",
    "255044462d312e37, a PDF document",
    "fd377a585a0000, compressed by xz",
    "28b52ffd000000, compressed by zstd",
    "425a6839314159, compressed by bzip2"
  })
  void tellsOtherFormatsByTheirFirstBytes(String hex, String kind) {
    assertThatThrownBy(() -> told(HexFormat.of().parseHex(hex)))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("the manifest is " + kind + "; ");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12, 5_000, -9, -1})
  void refusesATruncatedGzipFile(int length) {
    byte[] packed = Texts.gzip(randomRows());
    int kept = length > 0 ? length : packed.length + length;

    assertThatThrownBy(() -> told(Arrays.copyOf(packed, kept)))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("the gzip file is damaged or cut short");
  }

  @Test
  void refusesAFileThatChangedBetweenTwoPasses() throws IOException {
    Path file = Files.writeString(folder.resolve("m.csv"), TEXT);
    try (Manifest manifest = open(file)) {
      Files.writeString(file, TEXT.replace("ä", "ö"));
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));

      assertThatThrownBy(manifest::rows)
          .isInstanceOf(ManifestException.class)
          .hasMessageContaining("has changed");
    }
  }

  @Test
  void reportsAFileThatIsGoneBeforeTheSecondPass() throws IOException {
    Path file = Files.writeString(folder.resolve("m.csv"), TEXT);
    try (Manifest manifest = open(file)) {
      Files.delete(file);

      assertThatThrownBy(manifest::rows).isInstanceOf(ManifestException.class);
    }
  }

  private String told(byte[] bytes) throws IOException {
    try (Manifest manifest = open(Files.write(folder.resolve("m.csv"), bytes))) {
      return String.join("\n", Texts.rows(manifest).stream().map(Texts::told).toList());
    }
  }

  private static Manifest open(Path file) {
    return Manifest.open(file.toString(), Texts.noInput());
  }

  private static InputStream input(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] randomRows() {
    StringBuilder text = new StringBuilder(TEXT);
    for (int i = 0; i < 20_000; i++) {
      text.append(Integer.toHexString(i * 0x9E3779B9)).append(",http://h/").append(i).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }
}
