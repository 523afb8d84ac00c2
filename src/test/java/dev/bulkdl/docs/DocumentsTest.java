package dev.bulkdl.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of README.md and docs/: short enough, and every link leads somewhere. */
class DocumentsTest {
  private static final int MOST_LINES = 250;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(MOST_LINES);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
        .filteredOn(link -> !link.startsWith("http"))
        .allSatisfy(link -> assertLeadsSomewhere(page, link));
  }

  private static void assertLeadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    assertThat(target).exists();
    if (parts.length == 2) {
      assertThat(anchors(target)).contains(parts[1]);
    }
  }

  /** As the hosts of repositories make them from headings. */
  private static List<String> anchors(Path page) {
    try {
      return HEADING
          .matcher(Files.readString(page))
          .results()
          .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
          .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So an example that no longer compiles is found. */
  @Test
  void everyLineOfTheKitsExamplesStandsInATest() throws IOException {
    String sources;
    try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
      sources =
          all.filter(file -> file.toString().endsWith(".java"))
              .map(DocumentsTest::squeezed)
              .collect(Collectors.joining());
    }
    assertThat(
            JAVA.matcher(Files.readString(Path.of("docs/testing.md")))
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.replaceAll("\\s", ""))
                .filter(line -> !line.isEmpty()))
        .hasSizeGreaterThan(15)
        .allSatisfy(line -> assertThat(sources.contains(line)).as(line).isTrue());
  }

  private static String squeezed(Path file) {
    try {
      return Files.readString(file).replaceAll("\\s", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
