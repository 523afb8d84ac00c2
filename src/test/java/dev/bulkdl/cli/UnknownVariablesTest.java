package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that look like an option and are none. */
class UnknownVariablesTest {

  private static String warnings(String variable, String... arguments) {
    return InProcess.run(Map.of(variable, "2"), List.of(arguments)).err();
  }

  @ParameterizedTest
  @CsvSource({
    "BULKDL_MAXFILES, did you mean BULKDL_MAX_FILES?",
    "BULKDL_MAX_FILS, did you mean BULKDL_MAX_FILES?",
    "BULKDL_CONECTIONS, did you mean BULKDL_CONNECTIONS?",
    "BULKDL_NONSENSE, is ignored",
  })
  void anUnknownVariableIsAWarning(String variable, String meant) {
    String message = warnings(variable, "gone.csv");
    assertThat(message).contains("warning: the variable " + variable + " names no option", meant);
    assertThat(message).contains("gone.csv: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BULKDL_MAX_FILES",
        "BULKDL_CONNECTIONS",
        "BULKDL_OUTPUT",
        "BULKDL_USERS_LOCALE",
        "BULKDL_JDK_FOLDERS",
        "BULKDL_RESULT_PATH",
        "BULKDLX",
        "MAX_FILES"
      })
  void aKnownVariableIsNone(String variable) {
    assertThat(warnings(variable, "gone.csv")).doesNotContain("warning");
  }

  @Test
  void helpIsNotDisturbed() {
    assertThat(warnings("BULKDL_NONSENSE", "--help")).isEmpty();
    assertThat(warnings("BULKDL_NONSENSE", "plan", "--help")).isEmpty();
    assertThat(warnings("BULKDL_NONSENSE", "--version")).isEmpty();
  }
}
