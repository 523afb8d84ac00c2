package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterCaseTest {

  @TempDir private Path temp;
  private final List<Operation.Kind> done = new CopyOnWriteArrayList<>();
  private Path stick;
  private Path stickSeen;

  /** A folder whose own name shows nothing about the file system that is mounted there. */
  @BeforeEach
  void mount() throws IOException {
    stick = Files.createDirectory(temp.toRealPath().resolve("stick"));
    Hook hook =
        operation -> {
          done.add(operation.kind());
          return operation.bytes();
        };
    stickSeen = DiskFileSystem.ignoringCaseBelow(stick, hook).of(stick);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "12 Photos", ".bulkdl", "straße1", "12ä b"})
  void testsWithAnyNameThatHasALetter(String name) throws IOException {
    Files.createFile(stick.resolve(name));
    assertThat(LetterCase.isIgnored(stickSeen, false)).isTrue();
    assertThat(LetterCase.isIgnored(stickSeen.resolve("not").resolve("there"), false)).isTrue();
    assertThat(LetterCase.isIgnored(stick, false)).isFalse();
    assertThat(done).doesNotContain(Operation.Kind.CREATE);
  }

  @Test
  void anEmptyFolderIsTestedWithAProbe() throws IOException {
    assertThat(LetterCase.isIgnored(stickSeen, true)).isTrue();
    assertThat(LetterCase.isIgnored(stickSeen.resolve("missing"), true)).isTrue();
    assertThat(LetterCase.isIgnored(stick, true)).isFalse();
    Files.createFile(stick.resolve("1234"));
    assertThat(LetterCase.isIgnored(stickSeen, true)).isTrue();
    assertThat(stick.toFile().list()).containsExactly("1234");
  }

  @Test
  void nothingIsWrittenUnlessAllowed() {
    LetterCase.isIgnored(stickSeen, false);
    LetterCase.isIgnored(stickSeen.resolve("missing"), false);
    assertThat(done).doesNotContain(Operation.Kind.CREATE);
    assertThat(stick).isEmptyDirectory();
  }

  @Test
  void twoNamesThatDifferOnlyInCaseShowACaseSensitiveFolder() throws IOException {
    Files.createLink(stick.resolve("A"), Files.createFile(stick.resolve("a")));
    assertThat(LetterCase.isIgnored(stick, false)).isFalse();
    Files.createFile(stick.resolve("b"));
    assertThat(LetterCase.isIgnored(stick, false)).isFalse();
  }

  @Test
  void anUnreadableFolderDoesNotFail() throws IOException {
    assertThat(LetterCase.isIgnored(Path.of("/nowhere/at/all"), true)).isFalse();
    Path file = Files.createFile(stick.resolve("file"));
    assertThat(LetterCase.isIgnored(file, false)).isFalse();
  }
}
