package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arguments and the environment of the program that replaces this one. LocaleIT runs a real
 * restart.
 */
class Utf8RestartTest {
  private static final String KEPT = "BULKDL_USERS_LOCALE=";

  private static List<byte[]> bytes(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  private static List<String> inUtf8(String... environment) {
    return Utf8Restart.inUtf8(bytes(environment)).stream()
        .map(variable -> new String(variable, StandardCharsets.ISO_8859_1))
        .toList();
  }

  @Test
  void keepsTheUsersLocaleBesideTheNewOne() {
    assertThat(inUtf8("LC_ALL=POSIX", "PATH=/bin"))
        .containsExactly("PATH=/bin", "LC_ALL=C.UTF-8", KEPT + "LC_ALL=POSIX");
    assertThat(inUtf8("LANG=de_DE", "LC_ALLOWED=1"))
        .containsExactly("LANG=de_DE", "LC_ALLOWED=1", "LC_ALL=C.UTF-8", KEPT + "LC_ALL=");
  }

  @Test
  void whatTheScriptHasKeptCounts() {
    assertThat(inUtf8(KEPT + "LC_ALL=de LC_CTYPE=", "LC_CTYPE=C.UTF-8"))
        .containsExactly("LC_CTYPE=C.UTF-8", "LC_ALL=C.UTF-8", KEPT + "LC_ALL=de LC_CTYPE=");
  }

  @Test
  void noByteOfAVariableIsChanged() {
    assertThat(inUtf8("odd", "", "=x", "X=\u00e4\u00ff\n"))
        .startsWith("odd", "", "=x", "X=\u00e4\u00ff\n");
  }

  @Test
  void startsAgainOnce() {
    assertThat(Utf8Restart.helps(bytes("java"), bytes("LC_ALL=C"))).isTrue();
    assertThat(Utf8Restart.helps(bytes("java"), List.of())).isTrue();
    assertThat(Utf8Restart.helps(bytes("java"), bytes("A=b", "LC_ALL=C.UTF-8"))).isFalse();
  }

  /** An example is the name of a file in Latin-1, typed in a locale of Latin-1. */
  @Test
  void keepsTheLocaleOfArgumentsThatAreNotUtf8() {
    assertThat(Utf8Restart.helps(bytes("java", "caf\u00e9.csv"), List.of())).isFalse();
    assertThat(Utf8Restart.helps(bytes("java", "caf\u00c3\u00a9.csv"), List.of())).isTrue();
  }

  @Test
  void anArgumentMayBeEmpty() {
    assertThat(ProcessImage.parts("a\0\0b\0".getBytes(StandardCharsets.US_ASCII)))
        .extracting(String::new)
        .containsExactly("a", "", "b");
  }
}
