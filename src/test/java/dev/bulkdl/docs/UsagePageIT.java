package dev.bulkdl.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.JarRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/usage.md knows every option that there is, and none that there is not. */
class UsagePageIT {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
  private static final Pattern CELL = Pattern.compile("(?m)^\\| (`-[^|]*(?:\\\\\\|[^|]*)*)\\|");

  private static Set<String> options(String text) {
    Set<String> found = new TreeSet<>();
    OPTION.matcher(text).results().forEach(option -> found.add(option.group()));
    return found;
  }

  private static String help(String command) {
    return JarRun.of(command, "--help").quick().run().out();
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("docs", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "get", "plan", "verify", "demo", "bench"})
  void everyOptionStandsThere(String command) throws IOException {
    assertThat(options(page("usage.md") + page("measuring.md")))
        .containsAll(options(help(command)));
  }

  @Test
  void everyOptionOfTheTableExists() throws IOException {
    Set<String> told = new TreeSet<>();
    CELL.matcher(page("usage.md")).results().forEach(cell -> told.addAll(options(cell.group(1))));
    assertThat(told).hasSizeGreaterThan(35);
    assertThat(options(help("run") + help("get"))).containsAll(told);
  }
}
