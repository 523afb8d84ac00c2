package dev.bulkdl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  static Stream<Arguments> lines() {
    return Stream.of(
        arguments("", List.of()),
        arguments(" \t\n", List.of()),
        arguments("a", List.of("a")),
        arguments(" a b\t c\n", List.of("a", "b", "c")),
        arguments("'a b' \"c d\"", List.of("a b", "c d")),
        arguments("a'b'\"c\"d", List.of("abcd")),
        arguments("''", List.of("")),
        arguments("a \"\" b", List.of("a", "", "b")),
        arguments("a\\ b \\' \\\\", List.of("a b", "'", "\\")),
        arguments("'a\\b' \"a\\b\"", List.of("a\\b", "a\\b")),
        arguments("\"a\\\"b\" \"c\\\\d\" \"\\$x\"", List.of("a\"b", "c\\d", "$x")),
        arguments("'\"' \"'\"", List.of("\"", "'")),
        arguments(
            "$(x) ${y} `z` * ; & > # ~",
            List.of("$(x)", "${y}", "`z`", "*", ";", "&", ">", "#", "~")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void areThoseOfAShellThatExpandsNothing(String line, List<String> words) {
    assertThat(Words.split(line)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "a\"", "a 'b\" c", "a\\", "\"\\"})
  void whatIsNotClosedIsRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> Words.split(line));
  }
}
