package dev.bulkdl.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that hold the promise are there and are run. */
class ReadmePromiseTest {

  static List<String> sentences() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("## The promise");
    String promise = readme.substring(start, readme.indexOf("What the promise does not", start));
    return Pattern.compile("\n(?=\\d\\. )").splitAsStream(promise).skip(1).toList();
  }

  @Test
  void thePromiseHasSixSentences() throws IOException {
    assertThat(sentences()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void everySentenceIsHeldByTests(String sentence) {
    assertThat(NamedTest.in(sentence)).isNotEmpty().allMatch(NamedTest::isRun);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/promise.md", "docs/testing.md"})
  void everyTestThatAPageNamesIsRun(String page) throws IOException {
    assertThat(NamedTest.in(Files.readString(Path.of(page)))).allMatch(NamedTest::isRun);
  }
}
