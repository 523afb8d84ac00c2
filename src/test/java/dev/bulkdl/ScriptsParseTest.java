package dev.bulkdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bulkdl.testkit.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that no test runs whole, since they take too long: that they are programs at all. */
@DisabledOnOs(OS.WINDOWS)
class ScriptsParseTest {
  private static final Set<String> CHECKED = Set.of("bash", "python3", "sh");

  static List<Path> programs() {
    return Stream.of("scripts", "perf", ".ci")
        .flatMap(folder -> files(Path.of(folder)))
        .filter(file -> interpreter(file).filter(CHECKED::contains).isPresent())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource
  void programs(Path program) throws Exception {
    String interpreter = interpreter(program).orElseThrow();
    assumeTrue(Programs.find(interpreter).isPresent(), program + ": there is no " + interpreter);
    List<String> command =
        !interpreter.equals("python3")
            ? List.of(interpreter, "-n", program.toString())
            : List.of(
                interpreter,
                "-c",
                "import ast, sys; ast.parse(open(sys.argv[1]).read())",
                "" + program);
    assertThat(said(command)).isEmpty();
  }

  @Test
  void realServersKnowsFiftyServers() throws Exception {
    assumeTrue(Programs.find("python3").isPresent(), "there is no python3");
    assertThat(said(List.of("python3", "scripts/real-servers", "--list")).lines())
        .hasSizeGreaterThan(50)
        .contains("nginx  [nginx-light]", "PHP's own  [php-cli]");
    assertThat(Path.of("scripts/__pycache__")).doesNotExist();
  }

  private static String said(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** Of a script's first line, or by its name's ending. */
  private static Optional<String> interpreter(Path file) {
    if (file.toString().endsWith(".py")) {
      return Optional.of("python3");
    }
    return firstLine(file)
        .filter(line -> line.startsWith("#!"))
        .map(line -> line.substring(line.lastIndexOf(line.contains(" ") ? ' ' : '/') + 1));
  }

  private static Optional<String> firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
