package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  @Test
  void takesTheFirstTwoColumnsUnderAHeaderOfUnknownNames() {
    assertThat(Texts.told("save as,from\na.txt,http://h/1\nb/c.txt,https://h/2\n"))
        .containsExactly("2 a.txt http://h/1", "3 b/c.txt https://h/2");
  }

  @Test
  void takesTheFirstTwoColumnsUnderAHeaderOfOneCell() {
    assertThat(Texts.told("my files\na.txt;http://h/1\n")).containsExactly("2 a.txt http://h/1");
  }

  @ParameterizedTest
  @CsvSource({
    "filename,url",
    "file,uri",
    "name,link",
    "path,URL",
    "out,Uri",
    "FileName,LINK",
    "' Name ',' url '"
  })
  void knowsColumnsByAnyOfTheirNames(String name, String url) {
    String text = "note," + url + "," + name + "\nx,http://h/1,a.txt\n";

    assertThat(Texts.told(text)).containsExactly("2 a.txt http://h/1");
  }

  @Test
  void carriesUnknownColumnsInOrder() {
    ManifestRow row = Texts.rows("note,url,,note\nx,http://h/a,y,z\n").getFirst();

    assertThat(row.columns())
        .containsExactly(
            Map.entry("note", "x"),
            Map.entry("url", "http://h/a"),
            Map.entry("column 3", "y"),
            Map.entry("note 2", "z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void detectsTheDelimiterFromTheHeader(String delimiter) {
    String text = "filename,url\na.txt,http://h/1\n".replace(",", delimiter);

    assertThat(Texts.told(text)).containsExactly("2 a.txt http://h/1");
  }

  @Test
  void detectsTheDelimiterInFrontOfTheUrlIfTheHeaderNamesNothing() {
    assertThat(Texts.told("these, and those, files\na,b.txt;http://h/x,y,z\n"))
        .containsExactly("2 a,b.txt http://h/x,y,z");
  }

  @Test
  void seesNoDelimiterInQuotesOfTheHeader() {
    assertThat(Texts.told("\"one; two; three\",two\na.txt,http://h/1\n"))
        .containsExactly("2 a.txt http://h/1");
  }

  @Test
  void readsAFirstLineWithAUrlAsARowAndWarns() {
    try (Manifest manifest = Texts.open("a.txt,http://h/1;v=1;w=2\nb.txt,http://h/2\n")) {
      assertThat(Texts.rows(manifest).stream().map(Texts::told))
          .containsExactly("1 a.txt http://h/1;v=1;w=2", "2 b.txt http://h/2");
      assertThat(manifest.warnings()).singleElement().asString().startsWith("line 1 holds a URL");
    }
  }

  @Test
  void seesAUrlInAFirstLineInAnyCase() {
    assertThat(Texts.told("a.txt,HTTP://h/1\n")).containsExactly("1 a.txt HTTP://h/1");
  }

  @Test
  void readsAPlainListOfUrlsWithAnyCharactersInThem() {
    assertThat(Texts.told("http://h/a,1.txt\nhttps://h/b;2.txt?x=1,2\n"))
        .containsExactly("1 a,1.txt http://h/a,1.txt", "2 b;2.txt https://h/b;2.txt?x=1,2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "my downloads", "one, two"})
  void readsAListOfUrlsUnderAHeader(String header) {
    assertThat(Texts.told(header + "\nhttp://h/a\nhttp://h/b;c\n"))
        .containsExactly("2 a http://h/a", "3 b;c http://h/b;c");
  }

  @Test
  void readsAListOfUrlsUnderAHeaderOfOneNameAndEmptyCells() {
    assertThat(Texts.told("url,,\nhttp://h/a,,\n\"http://h/b,c\",,\n"))
        .containsExactly("2 a http://h/a", "3 b,c http://h/b,c");
  }

  @Test
  void givesAHeaderByWhichRowsAreReadAgainInTheSameWay() {
    try (Manifest byPosition = Texts.open("save as,from,sum\na.txt,http://h/1,x\n");
        Manifest headerless = Texts.open("a.txt,http://h/1\n");
        Manifest urls = Texts.open("http://h/1\n");
        Manifest byName = Texts.open("Link,Other,SHA1\n")) {
      assertThat(byPosition.header()).containsExactly("filename", "url", "sum");
      assertThat(headerless.header()).containsExactly("filename", "url");
      assertThat(urls.header()).containsExactly("url");
      assertThat(byName.header()).containsExactly("Link", "Other", "SHA1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'url,filename,Link', 'line 1: columns 1 (url) and 3 (Link) both mean url; rename one of them'",
    "'name,path,url', 'line 1: columns 1 (name) and 2 (path) both mean filename; rename one of them'",
    "'filename,address', 'line 1: no column is named url (or uri, link); give the column of the URLs one of these names'"
  })
  void refusesAHeaderThatContradictsItself(String header, String message) {
    assertThatThrownBy(() -> Texts.open(header + "\nx,y,z\n"))
        .isInstanceOf(ManifestException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAHeaderThatBreaksTheRulesOfCsv() {
    assertThatThrownBy(() -> Texts.open("filename,\"url\"s\na,http://h/1\n"))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("line 1, column 2: text follows a closing quote");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/1\ta.txt", "from,to\nhttp://h/1,a.txt"})
  void refusesToGuessThatTheUrlStandsFirst(String text) {
    assertThatThrownBy(() -> Texts.open(text + "\n"))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("begin the file with a line of names, such as url,filename");
  }

  @Test
  void hasNoRowsIfThereIsOnlyAHeaderOrNothing() {
    assertThat(Texts.rows("filename,url\n")).isEmpty();
    assertThat(Texts.rows("")).isEmpty();
    assertThat(Texts.rows("\n# nothing\n   \n")).isEmpty();
    assertThat(Texts.rows("\uFEFF")).isEmpty();
  }

  @Test
  void readsAsManyPassesAsAreWanted() {
    try (Manifest manifest = Texts.open("filename,url\na,http://h/1\n")) {
      assertThat(Texts.rows(manifest)).isEqualTo(Texts.rows(manifest)).hasSize(1);
    }
  }

  @Test
  void stripsBlanksAroundCellsButNotInQuotes() {
    assertThat(Texts.told("filename,url\n  a.txt , http://h/1 \n\" b \", \"http://h/2\" \n"))
        .containsExactly("2 a.txt http://h/1", "3  b  http://h/2");
  }

  /** Reads 20,000 lines before the header. The buffer of one line is reused for the next. */
  @ParameterizedTest
  @ValueSource(strings = {"# a line that says nothing\n", "     \n"})
  void takesLittleMemoryForEachLineBeforeTheHeader(String line) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String text = line.repeat(20_000) + "filename,url\na,http://h/1\n";
    assertThat(Texts.told(text)).containsExactly("20002 a http://h/1");

    long before = threads.getCurrentThreadAllocatedBytes();
    Texts.open(text).close();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000 * 1024L);
  }
}
