package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
  private final Payload payload = new Payload(1, 1000);

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.createDirectories(folder.resolve(".bulkdl"));
    Files.createFile(folder.resolve(".bulkdl/lock"));
    payload.writeTo(folder.resolve("sub/a"));
  }

  @Test
  void holdsJustTheFilesThatAreExpected() throws IOException {
    Trees.assertHolds(folder, "sub/a", payload);
    assertThatThrownBy(() -> Trees.assertHolds(folder, "sub/a", new Payload(2, 1000)))
        .isInstanceOf(AssertionError.class);
    Files.createFile(folder.resolve("b"));
    assertThatThrownBy(() -> Trees.assertHolds(folder, "sub/a", payload))
        .isInstanceOf(AssertionError.class);
    Trees.assertHolds(folder, Map.of("sub/a", payload, "b", new Payload(1, 0)));
  }

  @Test
  void findsWhatIsLeftOver() throws IOException {
    Trees.assertNoLeftovers(folder);
    Files.createFile(folder.resolve("sub/b.part"));
    Files.createFile(folder.resolve("sub/b.part.journal"));
    assertThat(Trees.leftovers(folder)).containsExactly("sub/b.part", "sub/b.part.journal");
  }

  @Test
  void showsASymbolicLinkAsSuch() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("sub/a"));
    assertThat(Trees.hashes(folder)).containsEntry("link", "-> sub/a");
  }
}
