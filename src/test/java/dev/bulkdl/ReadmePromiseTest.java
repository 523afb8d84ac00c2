package dev.bulkdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that the README names as those that hold its promise are there. */
class ReadmePromiseTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Properties))\\.(\\w+)`");

  static List<String> sentences() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("## The promise");
    String promise = readme.substring(start, readme.indexOf("What the promise does not", start));
    return Pattern.compile("\n(?=\\d\\. )").splitAsStream(promise).skip(1).toList();
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void everySentenceIsHeldByTests(String sentence) throws IOException {
    Matcher named = NAMED.matcher(sentence);
    assertThat(named.find()).isTrue();
    do {
      String method = "void " + named.group(2) + "(";
      assertThat(sources(named.group(1))).as(method).anyMatch(source -> source.contains(method));
    } while (named.find());
  }

  private static List<String> sources(String name) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
      for (Path file : all.filter(path -> path.endsWith(name + ".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }
}
