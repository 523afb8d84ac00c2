package dev.bulkdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments, messages and pages are plain English: phrases of the old style must not return. */
class ProseTest {

  private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|/\\*|//)");
  private static final Pattern OLD =
      Pattern.compile(
          "\\bof which\\b|(begins?|begun) anew|com(es|e) about|came about|(is|are) told\\b"
              + "|so many as|as many as may|\\b[Ww]hoever\\b|\\bthat who\\b|\\bno four\\b"
              + "|\\b(can|cannot|to) be had\\b|\\bbuil[dt] upon\\b|\\bbe it that\\b"
              + "|\\b[Ww]here there is (one|none)\\b|\\bwhat (became|came) of\\b"
              + "|(server|answer|headers) tells?\\b|\\bnobody tells\\b|\\btells (of|how much)\\b");

  @Test
  void noCommentIsInTheOldStyle() throws IOException {
    assertThat(found(Path.of("src"), ".java", true)).isEmpty();
  }

  @Test
  void noMessageIsInTheOldStyle() throws IOException {
    assertThat(found(Path.of("src/main/java"), ".java", false)).isEmpty();
    assertThat(found(Path.of("src/main/resources"), ".js", false)).isEmpty();
  }

  @Test
  void noPageIsInTheOldStyle() throws IOException {
    assertThat(found(Path.of("docs"), ".md", false)).isEmpty();
    assertThat(lines(Path.of("README.md"), false)).isEmpty();
  }

  private static List<String> found(Path folder, String ending, boolean comments)
      throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
        all.addAll(lines(file, comments));
      }
    }
    return all;
  }

  private static List<String> lines(Path file, boolean comments) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (OLD.matcher(line).find() && (!comments || COMMENT.matcher(line).find())) {
        found.add(file + ":" + (i + 1) + ": " + line.strip());
      }
    }
    return found;
  }
}
