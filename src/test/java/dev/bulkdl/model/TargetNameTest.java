package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a b.txt",
        "deep/er/file.bin",
        "...",
        "..a",
        "a..b",
        ".hidden",
        "x/.bulkdl/y",
        ".bulkdl2/x",
        "a:b",
        "C:",
        "nul",
        "=cmd",
        "-o",
        "файл",
        "a\\b"
      })
  void takesAnyRelativeName(String name) {
    assertThat(TargetName.of(name).value()).isEqualTo(name);
    assertThat(TargetName.of(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                | empty
          `  `              | empty
          /etc/passwd       | absolute
          \\\\server\\share | absolute
          C:/Windows        | absolute
          c:\\Windows       | absolute
          ..                | '..'
          ../up             | '..'
          a/../../up        | '..'
          a/..              | '..'
          .                 | '.'
          a/./b             | '.'
          a//b              | empty folder or file part
          a/                | empty folder or file part
          .bulkdl           | own
          .bulkdl/lock      | own
          .BulkDL/lock      | own
          """)
  void refusesWhatLeavesTheFolderOrIsNoName(String name, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetName.of(name.replace("\\\\", "\\")))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\nb", "a\tb", "a\u007fb", "a\u0085b", "\u001b[2J"})
  void refusesControlCharacters(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetName.of(name))
        .withMessageContaining("control character");
  }

  @Test
  void countsTheBytesOfASegmentAsUtf8() {
    assertThat(TargetName.of("a".repeat(255)).value()).hasSize(255);
    assertThat(TargetName.of("é".repeat(127)).value()).hasSize(127);
    assertThatIllegalArgumentException().isThrownBy(() -> TargetName.of("a".repeat(256)));
    assertThatIllegalArgumentException().isThrownBy(() -> TargetName.of("é".repeat(128)));
    assertThatIllegalArgumentException().isThrownBy(() -> TargetName.of("ok/" + "a".repeat(256)));
  }

  @Test
  void countsTheBytesOfTheWholeName() {
    String longest = "a".repeat(199).concat("/").repeat(15).substring(0, 2999);
    assertThat(TargetName.of(longest).value()).hasSize(2999);
    assertThatIllegalArgumentException().isThrownBy(() -> TargetName.of(longest + "/a"));
  }
}
