package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartRegistryTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("parts");
  }

  private static List<Path> paths(int count) {
    return IntStream.range(0, count).mapToObj(number -> Path.of("a", number + ".part")).toList();
  }

  @Test
  void knowsTheUnfinishedFilesOfAnEarlierRun() throws IOException {
    List<Path> paths = paths(3);
    try (PartRegistry parts = PartRegistry.open(file)) {
      for (Path path : paths) {
        parts.add(path);
      }
      parts.remove(paths.get(1));
    }
    try (PartRegistry parts = PartRegistry.openReadOnly(file)) {
      assertThat(paths.stream().map(parts::contains)).containsExactly(true, false, true);
    }
  }

  @Test
  void reusesTheLinesOfFinishedFiles() throws IOException {
    Path left = Path.of("left.part");
    for (int run = 0; run < 2; run++) {
      try (PartRegistry parts = PartRegistry.open(file)) {
        parts.add(left);
        for (Path path : paths(50)) {
          parts.add(path);
          parts.add(path);
          parts.remove(path);
        }
      }
      assertThat(file).hasSize(2 * 65);
    }
  }

  @Test
  void leavesNoFileIfEmpty() throws IOException {
    try (PartRegistry parts = PartRegistry.open(file)) {
      parts.add(paths(1).getFirst());
      assertThat(file).isNotEmptyFile();
      parts.remove(paths(1).getFirst());
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aTornEndIsNotALine() throws IOException {
    Path path = paths(1).getFirst();
    try (PartRegistry parts = PartRegistry.open(file)) {
      parts.add(path);
    }
    Files.writeString(file, Files.readString(file).substring(0, 64));
    try (PartRegistry parts = PartRegistry.open(file)) {
      assertThat(parts.contains(path)).isFalse();
    }
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(file, victim);
    assertThatIOException().isThrownBy(() -> PartRegistry.open(file));
    assertThat(victim).hasContent("precious");
  }
}
