package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathsTest {

  private static final Path OUT = Path.of("/out");

  private static FilePaths place(String name) {
    return FilePaths.of(OUT.resolve(name), OUT);
  }

  private static int bytes(Path file) {
    return file.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void everythingLiesBesideTheFinalFile() {
    FilePaths place = place("a.iso");
    assertThat(place.part()).isEqualTo(OUT.resolve("a.iso.part"));
    assertThat(place.journal()).isEqualTo(OUT.resolve("a.iso.part.journal"));
    assertThat(FilePaths.orphan(place.part(), 1).getParent()).isEqualTo(OUT);
  }

  @Test
  void orPartialFilesLieInATemporaryFolder() {
    Path temp = Path.of("/temp");
    FilePaths place = FilePaths.of(OUT.resolve("a.iso"), temp);
    assertThat(place.part()).isEqualTo(temp.resolve("a.iso.part"));
    assertThat(place.journal()).isEqualTo(temp.resolve("a.iso.part.journal"));
    assertThat(place.copy().getParent()).isEqualTo(OUT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 230, 242, 243, 250, 255})
  void noNameBecomesTooLongForTheFileSystem(int length) {
    FilePaths place = place("a".repeat(length));
    assertThat(
            List.of(place.part(), place.journal(), FilePaths.orphan(place.part(), 1), place.copy()))
        .allSatisfy(file -> assertThat(bytes(file)).isLessThanOrEqualTo(255));
  }

  @Test
  void namesThatAreShortenedStayApart() {
    String long1 = "a".repeat(254) + "1";
    String long2 = "a".repeat(254) + "2";
    assertThat(place(long1).part()).isNotEqualTo(place(long2).part());
    assertThat(place(long1).part()).isEqualTo(place(long1).part());
  }

  @Test
  void aNameIsCutBetweenLettersOfTwoBytes() {
    FilePaths place = place("é".repeat(127));
    assertThat(bytes(place.journal())).isLessThanOrEqualTo(255);
    assertThat(place.part().getFileName().toString()).startsWith("é".repeat(100)).endsWith(".part");
  }

  @Test
  void theSourceDigestLeavesOutCredentials() {
    String digest = FilePaths.sourceDigest(URI.create("http://h/a"));
    assertThat(digest).hasSize(64);
    assertThat(FilePaths.sourceDigest(URI.create("http://u:p@h/a"))).isEqualTo(digest);
    assertThat(FilePaths.sourceDigest(URI.create("http://h/b"))).isNotEqualTo(digest);
  }

  @Test
  void aRenewedSignatureIsTheSameSource() {
    assertThat(FilePaths.sourceDigest(URI.create("http://h/a?X-Amz-Signature=1")))
        .isEqualTo(FilePaths.sourceDigest(URI.create("http://h/a?X-Amz-Signature=2")));
    assertThat(FilePaths.sourceDigest(URI.create("http://h/a?sig=1&id=7")))
        .isEqualTo(FilePaths.sourceDigest(URI.create("http://h/a?sig=2&id=7")));
    assertThat(FilePaths.sourceDigest(URI.create("http://h/a?key=1")))
        .as("a key may name the file")
        .isNotEqualTo(FilePaths.sourceDigest(URI.create("http://h/a?key=2")));
    assertThat(FilePaths.sourceDigest(URI.create("http://h/a?id=1")))
        .isNotEqualTo(FilePaths.sourceDigest(URI.create("http://h/a?id=2")));
  }

  @ParameterizedTest
  @ValueSource(ints = {54, 55, 56, 57, 58, 59, 60, 61, 62, 63})
  void aLetterOfFourBytesIsNotCut(int letters) {
    FilePaths place = place("😀".repeat(letters));
    assertThat(bytes(place.journal())).isLessThanOrEqualTo(255);
    assertThat(place.part().getFileName().toString()).startsWith("😀".repeat(50)).endsWith(".part");
  }
}
