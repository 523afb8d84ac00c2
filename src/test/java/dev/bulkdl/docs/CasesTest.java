package dev.bulkdl.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/cases.md holds every case that tests cite, with a test for each. */
class CasesTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");

  /** In a comment, where it may go on in the next line, in a name, or in a row of a table. */
  private static final Pattern CITED =
      Pattern.compile(
          "\\bCase[\\s*]+(\\d+)"
              + "|\"case (\\d+)"
              + "|(?:once|always|ranged|wire|status|new Case)\\(\\s*(\\d{1,2}),");

  static List<String> rows() throws IOException {
    return ROW.matcher(Files.readString(Path.of("docs/cases.md")))
        .results()
        .map(row -> row.group())
        .toList();
  }

  private static int number(String row) {
    return Integer.parseInt(row.split(" ")[1]);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyCaseHasATestThatIsRun(String row) {
    assertThat(NamedTest.in(row)).isNotEmpty().allMatch(NamedTest::isRun);
  }

  @Test
  void everyNumberStandsThereOnce() throws IOException {
    assertThat(rows()).extracting(CasesTest::number).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void everyCaseThatATestCitesIsThere() throws IOException {
    Set<Integer> cited = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java/dev/bulkdl"))) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> cited.addAll(citedIn(file)));
    }
    assertThat(cited).hasSizeGreaterThan(40);
    assertThat(rows()).extracting(CasesTest::number).containsAll(cited);
  }

  private static List<Integer> citedIn(Path source) {
    try {
      return CITED
          .matcher(Files.readString(source))
          .results()
          .flatMap(found -> Stream.of(found.group(1), found.group(2), found.group(3)))
          .filter(group -> group != null)
          .map(Integer::valueOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
