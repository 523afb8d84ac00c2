package dev.bulkdl.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that says how the bytes go from the command to the disk. */
class ArchitecturePageTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/bulkdl");
  private static final Pattern STEP = Pattern.compile("(?m)^\\d+\\. `([\\w/]+)\\.java`");
  private static final Pattern PLACE = Pattern.compile("`([a-z]+/[A-Z]\\w+)");

  private static String page() throws IOException {
    return Files.readString(Path.of("docs/architecture.md"));
  }

  private static List<String> path() throws IOException {
    return STEP.matcher(page()).results().map(step -> step.group(1)).toList();
  }

  @Test
  void thePathHasAtMostNineClassesAndEachNamesTheNext() throws IOException {
    List<String> path = path();
    assertThat(path).hasSizeBetween(3, 9);
    assertThat(path.getFirst()).isEqualTo("cli/RunCommand");
    assertThat(path.getLast()).isEqualTo("disk/PartChannel");
    for (int i = 0; i + 1 < path.size(); i++) {
      String next = path.get(i + 1).replaceFirst(".*/", "");
      assertThat(Files.readString(SOURCES.resolve(path.get(i) + ".java")))
          .as(path.get(i) + " hands on to " + next)
          .containsPattern("\\b" + next + "\\b");
    }
  }

  /** The last step is the write: no class behind it touches the bytes. */
  @Test
  void theLastStepWrites() throws IOException {
    assertThat(Files.readString(SOURCES.resolve(path().getLast() + ".java")))
        .contains("transferFrom");
  }

  /** Entering an earlier class again would be a bounce. */
  @Test
  void noClassOfThePathNamesAnEarlierOneThatHandsOnToIt() throws IOException {
    List<String> path = path();
    for (int i = 1; i < path.size(); i++) {
      String before = path.get(i - 1).replaceFirst(".*/", "");
      assertThat(Files.readString(SOURCES.resolve(path.get(i) + ".java")))
          .as(path.get(i) + " does not call back " + before)
          .doesNotContainPattern("\\bnew " + before + "\\b")
          .doesNotContainPattern("\\b" + before + " \\w+[,;)]");
    }
  }

  @Test
  void everyPlaceThatThePageNamesIsThere() throws IOException {
    assertThat(PLACE.matcher(page()).results().map(place -> place.group(1)))
        .isNotEmpty()
        .allSatisfy(place -> assertThat(SOURCES.resolve(place + ".java")).exists());
  }
}
