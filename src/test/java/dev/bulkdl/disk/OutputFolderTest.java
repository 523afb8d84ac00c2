package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 40: paths that lead out of the folder; case 35: names that the file system cannot hold. */
class OutputFolderTest {

  private static final URI SOURCE = URI.create("http://localhost/a");

  @TempDir private Path temp;
  private Path out;
  private Path outside;
  private OutputFolder folder;

  @BeforeEach
  void open() throws IOException {
    out = Files.createDirectory(temp.toRealPath().resolve("out"));
    Files.createFile(out.resolve("was-there-before"));
    outside = Files.createDirectory(temp.toRealPath().resolve("outside"));
    folder = OutputFolder.open(DiskSettings.in(out));
  }

  @AfterEach
  void close() throws IOException {
    folder.close();
  }

  private Placed place(String name) throws IOException {
    return folder.place(TargetName.of(name));
  }

  private Optional<Existing> existing(String name) throws IOException {
    return ((Placed.At) place(name)).existing();
  }

  private Path target(String name) throws IOException {
    return ((Placed.At) place(name)).place().target();
  }

  private static void assertRefused(Placed placed) {
    assertThat(placed)
        .isInstanceOfSatisfying(
            Placed.Refused.class,
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.Name.class);
              assertThat(refused.failure().text()).contains("symbolic link");
            });
  }

  @Test
  void createsTheFolderIfMissing() throws IOException {
    Path missing = out.resolve("a/b");
    try (OutputFolder made = OutputFolder.open(DiskSettings.in(missing))) {
      assertThat(missing).isDirectory();
      assertThat(made.ownFolder()).isEqualTo(missing.resolve(".bulkdl")).isDirectory();
    }
  }

  /** Reopens the folder; it is empty when it is locked. */
  private OutputFolder fresh() throws IOException {
    folder.close();
    Files.delete(out.resolve("was-there-before"));
    folder = OutputFolder.open(DiskSettings.in(out));
    return folder;
  }

  @Test
  void aForeignFileInAFreshFolderIsFoundBeforeTheRename() throws IOException {
    Placed.At at = (Placed.At) fresh().place(TargetName.of("a"));
    Files.writeString(out.resolve("a"), "theirs");
    Files.writeString(out.resolve("a.part"), "their part");
    try (PartFile part = folder.part(at.place(), SOURCE)) {
      assertThat(part.remains()).isEqualTo(new PartFile.Remains(0, Optional.empty(), true));
      part.begin(Version.UNKNOWN);
      assertThat(part.publish(0, false, false)).isFalse();
    }
    assertThat(out.resolve("a")).hasContent("theirs");
    assertThat(out.resolve("a.part.orphan")).hasContent("their part");
  }

  @Test
  void aFreshFolderIsCheckedAgainAfterAPartialFileWasLeft() throws IOException {
    Placed.At at = (Placed.At) fresh().place(TargetName.of("a"));
    Files.writeString(out.resolve("b"), "theirs");
    try (PartFile part = folder.part(at.place(), SOURCE)) {
      part.begin(Version.UNKNOWN);
      assertThat(part.publish(0, false, false)).isTrue();
    }
    assertThat(existing("b")).isEmpty();
    Placed.At left = (Placed.At) place("c");
    try (PartFile part = folder.part(left.place(), SOURCE)) {
      part.begin(Version.UNKNOWN);
    }
    assertThat(existing("b")).contains(new Existing(true, 6));
    try (PartFile again = folder.part(left.place(), SOURCE)) {
      assertThat(again.remains().journal()).isPresent();
    }
  }

  @Test
  void aLongNameIsAlwaysCheckedWithTheFileSystem() throws IOException {
    fresh();
    String name = "x".repeat(143);
    Files.writeString(out.resolve(name), "theirs");
    assertThat(existing(name)).contains(new Existing(true, 6));
  }

  @Test
  void findsThePathsOfANameAndCreatesNothing() throws IOException {
    assertThat(target("a")).isEqualTo(out.resolve("a"));
    assertThat(target("deep/er/a")).isEqualTo(out.resolve("deep/er/a"));
    assertThat(out.resolve("deep")).doesNotExist();
  }

  @Test
  void takesNamesOfAnyScript() throws IOException {
    for (String name : new String[] {"файл", "日本", "😀", " a ", "-rf", "a\\b", "*?\"<>|"}) {
      Path target = target(name);
      Files.writeString(target, name);
      assertThat(target).hasContent(name).hasParent(out);
    }
  }

  @Test
  void aNameThatTheFileSystemCannotHoldIsRefused() throws IOException {
    assertThat(place("lone \ud800 surrogate"))
        .isInstanceOfSatisfying(
            Placed.Refused.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Name.class));
  }

  @Test
  void aParentThatIsALinkOutOfTheFolderIsRefused() throws IOException {
    Files.createSymbolicLink(out.resolve("link"), outside);
    assertRefused(place("link/a"));
    assertRefused(place("link/deep/er/a"));
    Files.createDirectory(outside.resolve("deep"));
    assertRefused(place("link/deep/a"));
  }

  @Test
  void aTargetThatIsALinkOutOfTheFolderIsRefused() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "precious");
    Files.createSymbolicLink(out.resolve("a"), victim);
    assertRefused(place("a"));
  }

  @Test
  void aDanglingLinkIsRefused() throws IOException {
    Files.createSymbolicLink(out.resolve("a"), outside.resolve("nothing"));
    assertRefused(place("a"));
    Files.createSymbolicLink(out.resolve("sub"), outside.resolve("nothing"));
    assertRefused(place("sub/a"));
  }

  @Test
  void aLinkIntoItsOwnFolderIsRefused() throws IOException {
    Files.createSymbolicLink(out.resolve("link"), folder.ownFolder());
    assertRefused(place("link/results.csv"));
  }

  @Test
  void aLoopOfLinksIsRefused() throws IOException {
    Files.createSymbolicLink(out.resolve("loop"), out.resolve("loop"));
    assertThatIOException().isThrownBy(() -> place("loop/a"));
  }

  @Test
  void aLinkInsideTheFolderIsFollowed() throws IOException {
    Files.createDirectory(out.resolve("real"));
    Files.createSymbolicLink(out.resolve("link"), out.resolve("real"));
    assertThat(target("link/a")).isEqualTo(out.resolve("real/a"));
    assertThat(target("link/new/a")).isEqualTo(out.resolve("real/new/a"));
  }

  @Test
  void twoNamesOfOneFileAreNotUsedAtTheSameTime() throws IOException {
    Files.createSymbolicLink(out.resolve("link"), Files.createDirectory(out.resolve("real")));
    FilePaths place = ((Placed.At) place("link/a")).place();
    assertThat(place).isEqualTo(((Placed.At) place("real/a")).place());
    PartFile first = folder.part(place, SOURCE);
    assertThatIOException()
        .isThrownBy(() -> folder.part(place, SOURCE))
        .withMessageContaining("another row");
    first.close();
    folder.part(place, SOURCE).close();
  }

  @Test
  void aFolderWithTheSameNamePrefixIsOutside() throws IOException {
    Path beside = Files.createDirectory(out.resolveSibling("out-side"));
    Files.createSymbolicLink(out.resolve("link"), beside);
    assertRefused(place("link/a"));
  }

  @Test
  void theOutputFolderItselfMayBeALink() throws IOException {
    Path real = Files.createDirectory(temp.resolve("real"));
    Path link = Files.createSymbolicLink(temp.resolve("entry"), real);
    try (OutputFolder linked = OutputFolder.open(DiskSettings.in(link))) {
      assertThat(linked.root()).isEqualTo(real.toRealPath());
      assertThat(linked.place(TargetName.of("a"))).isInstanceOf(Placed.At.class);
    }
  }

  @Test
  void itsOwnFolderMustNotBeALink() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.createSymbolicLink(other.resolve(".bulkdl"), outside);
    assertThatIOException()
        .isThrownBy(() -> OutputFolder.open(DiskSettings.in(other)))
        .withMessageContaining("symbolic link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aFileWithAFoldersNameIsReported() throws IOException {
    Files.writeString(out.resolve("a"), "a file");
    assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> place("a/b"));
  }

  @Test
  void findsTheExistingFile() throws IOException {
    assertThat(existing("a")).isEmpty();
    Files.writeString(out.resolve("a"), "12345");
    assertThat(existing("a")).contains(new Existing(true, 5));
    Files.createSymbolicLink(out.resolve("b"), Path.of("a"));
    assertThat(existing("b")).contains(new Existing(true, 5));
    Files.createDirectory(out.resolve("c"));
    assertThat(existing("c").orElseThrow().isFile()).isFalse();
  }

  @Test
  void severalOutputFoldersCanShareATemporaryFolder() throws IOException {
    Path parts = temp.resolve("parts");
    Path one = temp.resolve("x").resolve("same");
    Path other = temp.resolve("y").resolve("same");
    try (OutputFolder first = OutputFolder.open(withTemp(one, parts));
        OutputFolder second = OutputFolder.open(withTemp(other, parts))) {
      FilePaths here = ((Placed.At) first.place(TargetName.of("sub/a"))).place();
      FilePaths there = ((Placed.At) second.place(TargetName.of("sub/a"))).place();
      assertThat(here.part().startsWith(parts.toAbsolutePath())).isTrue();
      assertThat(here.part()).isNotEqualTo(there.part());
      assertThat(here.part()).hasFileName("a.part");
      assertThat(here.target()).isEqualTo(first.root().resolve("sub/a"));
    }
  }

  private static DiskSettings withTemp(Path out, Path parts) {
    return DiskSettings.in(out).withTempDir(parts).with(SyncPolicy.NEVER);
  }

  @Test
  void aDiskFailureNamesItsCause() {
    assertThat(folder.failure(new IOException("Input/output error")))
        .isEqualTo(new Failure.Disk("Input/output error", false));
    assertThat(folder.failure(new AccessDeniedException("/x")).text())
        .isEqualTo("/x: permission denied");
    assertThat(folder.failure(new IOException()).text()).isEqualTo("input or output failed");
    assertThat(folder.failure(new IOException("\u001b[2J")).text()).doesNotContain("\u001b");
  }
}
