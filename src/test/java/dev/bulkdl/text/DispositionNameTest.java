package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispositionNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attachment; filename=a.iso | a.iso",
        "attachment;filename=\"report 2024.bin\" | report 2024.bin",
        "ATTACHMENT; FILENAME = \"a;b.bin\"; size=5 | a;b.bin",
        "attachment; filename=\"a \\\"b\\\".bin\" | a \"b\".bin",
        "inline; filename*=UTF-8''%c3%a4%20b.bin | ä b.bin",
        "inline; filename*=iso-8859-1'de'%e4.bin | ä.bin",
        "attachment; filename=\"plain.bin\"; filename*=UTF-8''better.bin | better.bin",
        "attachment; filename=\"../../etc/passwd\" | passwd",
        "attachment; filename=\"C:\\\\Users\\\\me\\\\a.bin\" | a.bin",
        "attachment; filename*=UTF-8''..%2F..%2Fx | x",
        "attachment; filename*=UTF-8''a+b.bin | a+b.bin",
        "filename=a.bin | a.bin",
      })
  void readsTheName(String field, String name) {
    assertThat(DispositionName.of(field)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "attachment",
        "attachment; filename=",
        "attachment; filename=\"\"",
        "attachment; filename=\"..\"",
        "attachment; filename=\".bashrc\"",
        "attachment; filename=\"a/\"",
        "attachment; filename*=UTF-8''%",
        "attachment; notfilename=a.bin",
        "attachment; filename*=UTF-16''a",
      })
  void refusesWhatIsNoSafeName(String field) {
    assertThat(DispositionName.of(field)).isEmpty();
  }
}
