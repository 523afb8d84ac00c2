package dev.bulkdl.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.Programs;
import dev.bulkdl.testkit.QuickStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The page in a real browser against the real jar: the story of a user, by mouse, by keyboard and
 * by touch. With {@code -Dbulkdl.page=all} also the tests of {@code scripts/check-page}, which need
 * no daemon. Alone, because browsers beside other tests are slower than a user would wait for.
 */
@Isolated
class PageIT {
  private static final Path WEB = Path.of("src", "web");
  private static final long BOUND_SECONDS = 300;
  private static final List<String> STORY = List.of("test/story.test.js", "test/proxy.test.js");
  private static final List<String> ALL =
      List.of(
          "test/story.test.js",
          "test/proxy.test.js",
          "test/list.test.js",
          "test/live.test.js",
          "test/screens.test.js");

  @TempDir Path folder;

  @BeforeAll
  static void tools() {
    Programs.orSkip("PageIT", "node", "chromium");
    Programs.skipUnless(
        Files.isDirectory(WEB.resolve("node_modules")),
        "PageIT: there is no src/web/node_modules; scripts/install-test-tools gets it");
  }

  @Test
  void usersGetFromTheSetupCodeToFinishedFiles() throws IOException, InterruptedException {
    boolean all = "all".equals(System.getProperty("bulkdl.page"));
    List<String> tests = all ? ALL : STORY;
    String output = run(tests);
    assertThat(output).as(output).contains("# fail 0").contains("# skipped 0");
    // A run that finds no test passes too.
    assertThat(number(output, "# pass ")).isGreaterThanOrEqualTo(all ? 80 : 5);
  }

  private String run(List<String> tests) throws IOException, InterruptedException {
    Path log = folder.resolve("page.tap");
    ProcessBuilder node =
        new ProcessBuilder(
                Programs.find("node").orElseThrow().toString(),
                "--test",
                "--test-reporter=tap",
                "--test-concurrency=2")
            .directory(WEB.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    node.command().addAll(tests);
    node.environment().put("CHROMIUM", Programs.find("chromium").orElseThrow().toString());
    node.environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    node.environment().put("JAVA_OPTS", String.join(" ", QuickStart.options()));
    node.environment()
        .put("BULKDL_JAR", Path.of(System.getProperty("bulkdl.jar")).toAbsolutePath().toString());
    Process process = node.start();
    try {
      boolean ended = process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS);
      String output = Files.readString(log, StandardCharsets.UTF_8);
      assertThat(ended).as("ended in %s s: %s", BOUND_SECONDS, output).isTrue();
      return output;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static int number(String output, String before) {
    int at = output.lastIndexOf(before) + before.length();
    return Integer.parseInt(output.substring(at, output.indexOf('\n', at)).strip());
  }
}
