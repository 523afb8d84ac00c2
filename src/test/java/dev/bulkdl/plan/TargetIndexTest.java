package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.TargetName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetIndexTest {

  @ParameterizedTest
  @CsvSource({
    "a, a, `a` is also the file of line 1",
    "a/b, a/b, `a/b` is also the file of line 1",
    "a/b, a, `a` is a folder for the file of line 1",
    "a/b/c, a, `a` is a folder for the file of line 1",
    "a/b/c, a/b, `a/b` is a folder for the file of line 1",
    "a, a/b/c, `a/b/c` lies in a folder that has the name of the file of line 1",
    "a/b, a/b/c, `a/b/c` lies in a folder that has the name of the file of line 1",
    "x, x.part, `x.part` is the name of a partial file of line 1",
    "x, x.part.journal, `x.part.journal` is the name of a partial file of line 1",
    "a/x, a/x.part, `a/x.part` is the name of a partial file of line 1",
    "x, x.part/y, `x.part/y` is the name of a partial file of line 1",
    "x.part, x, `x` would have a partial file with a name that line 1 uses",
    "x.part.journal, x, `x` would have a partial file with a name that line 1 uses",
    "x.part/y, x, `x` would have a partial file with a name that line 1 uses",
    "x.part, x.part.part, `x.part.part` is the name of a partial file of line 1",
  })
  void namesBothRowsOfACollision(String first, String second, String message) {
    assertThat(collisions(false, first, second)).containsExactly(message.replace("`", "'"));
  }

  @ParameterizedTest
  @CsvSource({
    "a, b",
    "a/b, a/c",
    "a/b, ab",
    "a/b, b",
    "a, A",
    "ä, Ä",
    "x, y.part",
    "x, a/x.part",
    "x.part, x.part.journal",
    ".part, a",
    "a/.part, a/b",
    "a/b/c, a/bc",
  })
  void letsOtherNamesBe(String first, String second) {
    assertThat(collisions(false, first, second)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a, A",
    "ä/x, Ä/X",
    "A/b, a",
    "x, X.PART",
    "X.Part, x",
    "caf\u00e9, cafe\u0301",
    "CAFE\u0301, caf\u00e9",
    "ς, Σ",
    "\u212a, k"
  })
  void ignoresCaseAndCompositionWhereTheFileSystemDoes(String first, String second) {
    assertThat(collisions(true, first, second)).hasSize(1);
    assertThat(collisions(false, first, second)).isEmpty();
  }

  @Test
  void comparesWithTheRowThatHasThePlace() {
    assertThat(collisions(false, "a", "b", "a", "a/c", "b/d", "e", "a"))
        .containsExactly(
            "'a' is also the file of line 1",
            "'a/c' lies in a folder that has the name of the file of line 1",
            "'b/d' lies in a folder that has the name of the file of line 2",
            "'a' is also the file of line 1");
  }

  @Test
  void letsARowThatCollidesTakeNoPlace() {
    assertThat(collisions(false, "a", "a/b/c", "b", "a/b", "c"))
        .hasSize(2)
        .allMatch(text -> text.endsWith("of line 1"));
  }

  @Test
  void remembersOnlyAFolderWhoseRowHasItsPlace() {
    assertThat(collisions(false, "f", "f/a", "f/b", "f")).hasSize(3);
  }

  @Test
  void copesWithLinesBeyondAnInt() {
    TargetIndex index = new TargetIndex(false);

    assertThat(index.add(TargetName.of("a/b"), 1L << 40, 1)).isEmpty();
    assertThat(index.add(TargetName.of("a"), (1L << 40) + 1, 2).map(Collision::kind))
        .contains(Collision.Kind.IS_FOLDER);
  }

  private static List<String> collisions(boolean caseInsensitive, String... targets) {
    TargetIndex index = new TargetIndex(caseInsensitive);
    long[] line = {0};
    return Arrays.stream(targets)
        .map(TargetName::of)
        .map(target -> index.add(target, ++line[0], line[0]).map(c -> c.describe(target)))
        .flatMap(Optional::stream)
        .toList();
  }
}
