package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.TargetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TargetIndexProperties {

  @Property(tries = 3000)
  void agreesWithAPlainModel(@ForAll("targets") List<String> targets) {
    TargetIndex index = new TargetIndex(false);
    Model model = new Model();
    for (int i = 0; i < targets.size(); i++) {
      boolean collides = index.add(TargetName.of(targets.get(i)), i + 1, i + 1).isPresent();

      assertThat(collides)
          .as("row %d of %s", i + 1, targets)
          .isEqualTo(model.collides(targets.get(i)));
    }
  }

  @Property(tries = 5)
  void findsEveryOneOfManyTargetsAgain(@ForAll long seed) {
    Random random = new Random(seed);
    TargetIndex index = new TargetIndex(true);
    Map<String, Long> lines = new HashMap<>();
    for (long line = 1; line <= 100_000; line++) {
      String name = "d" + random.nextInt(300) + "/f" + random.nextInt(300);
      Long other = lines.putIfAbsent(name, line);

      assertThat(index.add(TargetName.of(name), line, line).map(Collision::otherLine).orElse(null))
          .isEqualTo(other);
    }
  }

  @Provide
  Arbitrary<List<String>> targets() {
    Arbitrary<String> segment =
        Arbitraries.of(
            "a", "b", "a.part", "b.part", "a.part.journal", "a.part.part", ".part", "ab");
    return segment
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(s -> String.join("/", s))
        .list()
        .ofMaxSize(12);
  }

  /** Compares with every row that has its place, by what would come to lie on the disk. */
  private static final class Model {

    private final List<String> taken = new ArrayList<>();

    boolean collides(String target) {
      boolean collides =
          taken.stream().anyMatch(other -> clash(target, other) || clash(other, target));
      if (!collides) {
        taken.add(target);
      }
      return collides;
    }

    private static boolean clash(String one, String other) {
      return List.of(one, one + ".part", one + ".part.journal").stream()
          .anyMatch(file -> file.equals(other) || other.startsWith(file + "/"));
    }
  }
}
