package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingFileTest {

  @TempDir Path folder;

  private Path file;
  private Path aside;

  @BeforeEach
  void name() {
    file = folder.resolve("a.log");
    aside = folder.resolve("a.log.1");
  }

  private static void write(OutputStream out, String text) throws IOException {
    for (String word : text.split(" ")) {
      out.write(word.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes words one by one with a limit of 6 bytes, and checks the content of both files. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',     aaa bbb,         aaabbb,  -
          '',     aaa bbb c,       c,       aaabbb
          '',     aaa bbbb,        bbbb,    aaa
          '',     aaaaaaaa bb,     bb,      aaaaaaaa
          '',     aa bbbbbbbb cc,  cc,      bbbbbbbb
          '',     aaaaaa bbbbbb cccccc dd, dd, cccccc
          xxxxx,  aa,              aa,      xxxxx
          xxxxx,  a,               xxxxxa,  -
          """)
  void isSetAsideBeforeItGrowsPastTheLimit(String before, String words, String current, String old)
      throws IOException {
    Files.writeString(file, before);
    try (RollingFile out = RollingFile.openOwn(file, 6)) {
      write(out, words);
    }
    assertThat(file).hasContent(current);
    if (old.equals("-")) {
      assertThat(aside).doesNotExist();
    } else {
      assertThat(aside).hasContent(old);
    }
  }

  @Test
  void growsForEverWithoutALimit() throws IOException {
    try (RollingFile out = RollingFile.open(file, RollingFile.UNLIMITED)) {
      write(out, "a".repeat(100) + " " + "b".repeat(100));
    }
    assertThat(file).hasSize(200);
    assertThat(aside).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkAtTheOtherNameIsReplacedAndNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "not yours");
    Files.createSymbolicLink(aside, victim);
    try (RollingFile out = RollingFile.openOwn(file, 3)) {
      write(out, "aaa bbb");
    }
    assertThat(victim).hasContent("not yours");
    assertThat(aside).isRegularFile().hasContent("aaa");
    assertThat(Files.isSymbolicLink(aside)).isFalse();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkThatTakesItsPlaceInMidRunIsNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "not yours");
    try (RollingFile out = RollingFile.openOwn(file, 3)) {
      write(out, "aaa");
      Files.delete(file);
      Files.createSymbolicLink(file, victim);
      write(out, "bbb");
    }
    assertThat(victim).hasContent("not yours");
    assertThat(file).hasContent("bbb");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whereTheUsersLinkLeadsIsNeverSetAside() throws IOException {
    Path real = folder.resolve("real");
    Files.createSymbolicLink(file, real);
    try (RollingFile out = RollingFile.open(file, 3)) {
      write(out, "aaa bbb");
    }
    assertThat(real).hasContent("aaabbb");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".1"));
    assertThatIOException().isThrownBy(() -> RollingFile.openOwn(file, 3));
  }

  @Test
  void whatCannotBeSetAsideIsToldAndNotLost() throws IOException {
    Files.createDirectory(aside);
    RollingFile out = RollingFile.open(file, 3);
    write(out, "aaa");
    assertThatIOException().isThrownBy(() -> write(out, "bbb"));
    out.close();
    assertThat(file).hasContent("aaa");
    assertThat(aside).isEmptyDirectory();
  }
}
