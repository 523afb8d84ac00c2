package dev.bulkdl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookCommandTest {

  @TempDir Path folder;

  private String searchPath;

  @BeforeEach
  void makePrograms() throws IOException {
    assertThat(Files.createFile(folder.resolve("a program")).toFile().setExecutable(true)).isTrue();
    Files.createFile(folder.resolve("a text"));
    Files.createDirectory(folder.resolve("a folder"));
    searchPath = "/nowhere" + File.pathSeparator + folder;
  }

  @Test
  void isAProgramOfThePathWithItsArguments() {
    assertThat(HookCommand.parse("'a program' -x 'y z'", searchPath).words())
        .containsExactly("a program", "-x", "y z");
  }

  @Test
  void mayBeAPath() {
    assertThat(HookCommand.parse("'" + folder.resolve("a program") + "'", "").program())
        .isEqualTo(folder.resolve("a program").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "''", "nosuch", "'a text'", "'a folder'", "./'a program'", "'a\0b'"})
  void whatIsNoProgramIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HookCommand.parse(text, searchPath))
        .withMessageContaining("there is no program");
  }
}
