package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes that the JVM keeps between runs. RestartIT makes a real archive. */
class ClassArchiveTest {
  private static final String MAKE = "-XX:+AutoCreateSharedArchive";
  private static final int WHOLE = 11 << 20;

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void makeJar() throws IOException {
    jar = Files.writeString(folder.resolve("b.jar"), "x");
  }

  private Optional<ClassArchive> find(String... arguments) {
    return ClassArchive.find(jar, List.of(arguments), Map.of("XDG_CACHE_HOME", folder + "/c"));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("c/bulkdl"))) {
      return files.toList();
    }
  }

  private Path archive() {
    List<String> options = find("list.csv").orElseThrow().options();
    assertThat(options).startsWith(MAKE);
    return Path.of(options.get(1).replace("-XX:SharedArchiveFile=", ""));
  }

  @Test
  void theSecondDownloadMakesAnArchiveAndTheNextUseIt() throws IOException {
    assertThat(find("list.csv")).isEmpty();
    Path archive = archive();
    byte[] whole = new byte[WHOLE];
    whole[0] = 1;
    Files.write(archive, whole);
    ClassArchive use = find("list.csv").orElseThrow();
    assertThat(use).isEqualTo(new ClassArchive(jar, List.of("-XX:SharedArchiveFile=" + archive)));
    assertThat(find("plan", "list.csv")).contains(use);
  }

  /** The JVM would warn of it, and run without any archive. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1 << 20, WHOLE})
  void replacesAnArchiveThatIsNotWhole(int size) throws IOException {
    find("list.csv");
    Path archive = archive();
    Files.write(archive, new byte[size]);
    assertThat(find("plan", "list.csv")).isEmpty();
    assertThat(archive()).isEqualTo(archive).doesNotExist();
  }

  @Test
  void anotherJarInItsPlaceMakesAnotherArchive() throws IOException {
    find("list.csv");
    Path archive = Files.writeString(archive(), "old");
    Files.writeString(jar, "longer");
    assertThat(find("list.csv")).isEmpty();
    assertThat(kept()).hasSize(1).doesNotContain(archive);
    assertThat(archive()).isNotEqualTo(archive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "serve", "--version", "-h", "config"})
  void aCommandThatLoadsLittleMakesNone(String word) {
    assertThat(find(word)).isEmpty();
    assertThat(find(word)).isEmpty();
  }

  @Test
  void thatOfTheScriptGoesFirst() throws IOException {
    assumeTrue(Runtime.version().feature() >= 25);
    Path beside = folder.resolve("b-" + System.getProperty("java.version") + ".aot");
    Files.writeString(beside, "x");
    Files.setLastModifiedTime(beside, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(find("list.csv").orElseThrow().options()).containsExactly("-XX:AOTCache=" + beside);
    Files.setLastModifiedTime(beside, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(find("list.csv")).isEmpty();
  }

  /** An archive is code. */
  @Test
  void takesNothingFromAFolderThatOthersCanWriteTo() throws IOException {
    find("list.csv");
    Path archive = archive();
    byte[] whole = new byte[WHOLE];
    whole[0] = 1;
    Files.write(archive, whole);
    assertThat(find("list.csv")).isPresent();
    Files.setPosixFilePermissions(
        archive.getParent(), PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(find("list.csv")).isEmpty();
  }

  @Test
  void goesWithoutWhereNothingCanBeKept() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Map<String, String> none :
        List.of(
            Map.<String, String>of(),
            Map.of("HOME", ""),
            Map.of("XDG_CACHE_HOME", "relative"),
            Map.of("XDG_CACHE_HOME", folder + "/\u00e9"),
            Map.of("HOME", file.toString()))) {
      for (int i = 0; i < 2; i++) {
        assertThat(ClassArchive.find(jar, List.of("list.csv"), none)).as("%s", none).isEmpty();
      }
    }
    Path missing = folder.resolve("missing.jar");
    assertThat(ClassArchive.find(missing, List.of("list.csv"), Map.of("HOME", folder + "/h")))
        .isEmpty();
  }
}
