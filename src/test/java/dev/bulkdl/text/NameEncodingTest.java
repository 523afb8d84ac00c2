package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameEncodingTest {
  private static final NameEncoding ASCII =
      NameEncoding.of("ANSI_X3.4-1968", Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8"));
  private static final NameEncoding LATIN = NameEncoding.of("ISO-8859-1", Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"ä", "a/日本", "\ud83d\ude00", "typed \ufffd\ufffd"})
  void saysWhichLocaleLacksANameAndTheWayOut(String name) {
    assertThat(ASCII.problem(name))
        .hasValueSatisfying(text -> assertThat(text).contains(name, "LC_ALL=C,", "LC_ALL=C.UTF-8"));
  }

  @Test
  void aNameOfTheLocaleIsNoProblem() {
    assertThat(ASCII.problem("plain/name.bin")).isEmpty();
    assertThat(LATIN.problem("größe")).isEmpty();
    assertThat(LATIN.problem("日本")).hasValueSatisfying(t -> assertThat(t).contains("no LC_ALL"));
    assertThat(NameEncoding.of("UTF-8", Map.of()).problem("日本\ufffd")).isEmpty();
  }

  @Test
  void theFirstVariableThatIsSetChoosesTheLocale() {
    assertThat(NameEncoding.of("x", Map.of("LC_ALL", "", "LANG", "l", "LC_CTYPE", "c")).locale())
        .isEqualTo("LC_CTYPE=c");
    assertThat(NameEncoding.of("x", Map.of("LANG", "l")).locale()).isEqualTo("LANG=l");
  }

  @Test
  void anUnknownEncodingIsTakenForUtf8() {
    assertThat(NameEncoding.of("no-such", Map.of()).problem("日本")).isEmpty();
  }
}
