package dev.bulkdl.disk;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing a run's first file, and one of many files; and case 40. */
@ParameterizedClass
@ValueSource(ints = {0, Integer.MAX_VALUE})
class AtomicPublishTest {

  private static final Path OTHER_STORE = Path.of("/dev/shm");

  @Parameter private int many;
  @TempDir private Path folder;
  @TempDir private Path ownFolder;

  private FilePaths place() throws IOException {
    FilePaths place = FilePaths.of(folder.resolve("a"), folder);
    Files.writeString(place.part(), "new");
    return place;
  }

  private boolean publish(FilePaths place, boolean replace, boolean forced) throws IOException {
    try (PartRegistry ownParts = PartRegistry.open(ownFolder.resolve("parts"))) {
      PartWatch watch = new PartWatch(place.part());
      return new AtomicPublish(ownParts, many).publish(place, watch, replace, forced);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesTheFileItsFinalName(boolean forced) throws IOException {
    assertThat(publish(place(), false, forced)).isTrue();
    assertThat(names(folder)).containsExactly("a");
    assertThat(folder.resolve("a")).hasContent("new");
  }

  /**
   * A watcher sees a rename first as the end of the old name, and a hard link first as a new name.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void manyFilesAreRenamedWithRenameat2() throws IOException, InterruptedException {
    FilePaths place = place();
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, ENTRY_CREATE, ENTRY_DELETE);
      assertThat(publish(place, false, false)).isTrue();
      List<WatchEvent<?>> events = new ArrayList<>();
      while (events.size() < 2) {
        WatchKey key = watch.take();
        events.addAll(key.pollEvents());
        key.reset();
      }
      boolean oneStep = many == 0;
      assertThat(events.getFirst().kind()).isEqualTo(oneStep ? ENTRY_DELETE : ENTRY_CREATE);
    }
  }

  @Test
  void createsTheMissingFolder() throws IOException {
    FilePaths here = place();
    FilePaths deep = new FilePaths(folder.resolve("b").resolve("c").resolve("a"), here.part());
    assertThat(publish(deep, false, false)).isTrue();
    assertThat(deep.target()).hasContent("new");
  }

  @Test
  void replacesOnlyIfAllowed() throws IOException {
    FilePaths place = place();
    Files.writeString(place.target(), "old");
    assertThat(publish(place, false, false)).isFalse();
    assertThat(place.target()).hasContent("old");
    assertThat(place.part()).hasContent("new");
    assertThat(publish(place, true, false)).isTrue();
    assertThat(place.target()).hasContent("new");
  }

  @Test
  void aDanglingLinkIsNotReplaced() throws IOException {
    FilePaths place = place();
    Files.createSymbolicLink(place.target(), folder.resolve("nowhere"));
    assertThat(publish(place, false, false)).isFalse();
    assertThat(place.target()).isSymbolicLink();
  }

  @Test
  void replacesALinkAndNotItsTarget() throws IOException {
    FilePaths place = place();
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(place.target(), victim);
    assertThat(publish(place, true, false)).isTrue();
    assertThat(victim).hasContent("precious");
    assertThat(Files.isSymbolicLink(place.target())).isFalse();
  }

  @Test
  void aFolderIsNeverReplaced() throws IOException {
    FilePaths place = place();
    Files.createDirectory(place.target());
    Files.writeString(place.target().resolve("inside"), "precious");
    assertThat(publish(place, false, false)).isFalse();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> publish(place, true, false));
    assertThat(place.target().resolve("inside")).hasContent("precious");
    assertThat(place.part()).hasContent("new");
  }

  @Test
  void failsIfThePartIsMissing() throws IOException {
    FilePaths place = FilePaths.of(folder.resolve("a"), folder);
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> publish(place, false, false));
  }

  private Path otherStore() throws IOException {
    assumeThat(OTHER_STORE).isDirectory().isWritable();
    assumeThat(Files.getFileStore(OTHER_STORE)).isNotEqualTo(Files.getFileStore(folder));
    return Files.createTempDirectory(OTHER_STORE, "placement");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void copiesFromAnotherFileSystemAndLeavesNothingThere(boolean forced) throws IOException {
    Path temp = otherStore();
    try {
      Payload payload = new Payload(1, 3_000_001);
      FilePaths place = FilePaths.of(folder.resolve("a"), temp);
      payload.writeTo(place.part());
      assertThat(publish(place, false, forced)).isTrue();
      assertThat(payload.matches(place.target())).isTrue();
      assertThat(names(folder)).containsExactly("a");
      assertThat(names(temp)).isEmpty();
    } finally {
      Files.deleteIfExists(temp.resolve("a.part"));
      Files.delete(temp);
    }
  }

  @Test
  void aCopyFromAnotherFileSystemReplacesOnlyIfAllowed() throws IOException {
    Path temp = otherStore();
    FilePaths place = FilePaths.of(folder.resolve("a"), temp);
    try {
      Files.writeString(place.target(), "old");
      try (PartRegistry ownParts = PartRegistry.open(ownFolder.resolve("parts"))) {
        ownParts.add(place.copy());
        Files.writeString(place.copy(), "half of what a kill left");
      }
      Files.writeString(place.part(), "new");
      assertThat(publish(place, false, false)).isFalse();
      assertThat(place.target()).hasContent("old");
      assertThat(place.part()).hasContent("new");
      assertThat(publish(place, true, false)).isTrue();
      assertThat(place.target()).hasContent("new");
      assertThat(names(folder)).containsExactly("a");
    } finally {
      Files.deleteIfExists(place.part());
      Files.delete(temp);
    }
  }

  @Test
  void aForeignFileWithTheCopysNameIsKept() throws IOException {
    Path temp = otherStore();
    FilePaths place = FilePaths.of(folder.resolve("a"), temp);
    try {
      Files.writeString(place.copy(), "mine");
      Files.writeString(place.part(), "new");
      assertThat(publish(place, false, false)).isTrue();
      assertThat(names(folder)).containsExactly("a", "a.part.copy.orphan");
      assertThat(FilePaths.orphan(place.copy(), 1)).hasContent("mine");
    } finally {
      Files.deleteIfExists(place.part());
      Files.delete(temp);
    }
  }
}
