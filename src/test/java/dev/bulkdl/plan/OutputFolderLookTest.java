package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan may see of a folder that it must not touch. */
class OutputFolderLookTest {

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void resolve() throws IOException {
    folder = temporary.toRealPath();
  }

  @Test
  void looksAtAFolderThatIsNotThereAndLeavesItSo() throws IOException {
    Path out = folder.resolve("a/b/out");
    try (OutputFolder looked = OutputFolder.look(DiskSettings.in(out))) {
      assertThat(looked.root()).isEqualTo(out);
      assertThat(looked.place(TargetName.of("x/y"))).isInstanceOf(Placed.At.class);
      assertThat(looked.usableSpace()).isPositive();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void looksAtAFolderThatARunHas() throws IOException {
    try (OutputFolder taken = OutputFolder.open(DiskSettings.in(folder));
        OutputFolder looked = OutputFolder.look(DiskSettings.in(folder))) {
      assertThat(looked.root()).isEqualTo(taken.root());
      assertThat(looked.place(TargetName.of("x/y"))).isEqualTo(taken.place(TargetName.of("x/y")));
    }
  }

  @Test
  void findsTheRealPathOfAFolderToBeBehindALink() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), real);
    try (OutputFolder looked =
        OutputFolder.look(DiskSettings.in(folder.resolve("link/../link/out")))) {
      assertThat(looked.root()).isEqualTo(real.resolve("out"));
    }
  }

  @Test
  void placingANameCreatesNothing() throws IOException {
    try (OutputFolder taken = OutputFolder.open(DiskSettings.in(folder))) {
      assertThat(taken.place(TargetName.of("x/y/z"))).isInstanceOf(Placed.At.class);
    }
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void publishingMakesTheFolderThatAPartElsewhereDidNotNeed() throws IOException {
    DiskSettings settings = withTemp(folder.resolve("temp"));
    try (OutputFolder taken = OutputFolder.open(settings)) {
      FilePaths place = ((Placed.At) taken.place(TargetName.of("x/y"))).place();
      try (PartFile part = taken.part(place, URI.create("http://localhost/"))) {
        part.begin(Version.UNKNOWN);
        part.open().close();
        assertThat(folder.resolve("out/x")).doesNotExist();
        assertThat(part.publish(0, false, true)).isTrue();
      }
      assertThat(folder.resolve("out/x/y")).isEmptyFile();
    }
  }

  @Test
  void aFileInAFoldersPlaceIsNoPlace() throws IOException {
    Files.createFile(folder.resolve("x"));
    try (OutputFolder looked = OutputFolder.look(DiskSettings.in(folder))) {
      assertThatThrownBy(() -> looked.place(TargetName.of("x/y")))
          .isInstanceOf(NotDirectoryException.class);
    }
  }

  @Test
  void refusesNamesThatGoThroughALinkOutOfTheFolder() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(out.resolve("up"), folder);
    Files.createSymbolicLink(out.resolve("nowhere"), folder.resolve("missing"));
    Files.createDirectory(out.resolve("sub"));
    Files.createSymbolicLink(out.resolve("inside"), out.resolve("sub"));
    try (OutputFolder looked = OutputFolder.look(DiskSettings.in(out))) {
      assertThat(looked.place(TargetName.of("up/x"))).isInstanceOf(Placed.Refused.class);
      assertThat(looked.place(TargetName.of("up/new/x"))).isInstanceOf(Placed.Refused.class);
      assertThat(looked.place(TargetName.of("nowhere/x"))).isInstanceOf(Placed.Refused.class);
      assertThat(looked.place(TargetName.of("inside/new/x"))).isInstanceOf(Placed.At.class);
    }
  }

  @Test
  void oneFileSystemHasOneRoomForBoth() throws IOException {
    DiskSettings settings = withTemp(folder.resolve("temp"));
    try (OutputFolder looked = OutputFolder.look(settings)) {
      assertThat(looked.store()).isEqualTo(looked.partStore());
      assertThat(Room.of(new PlanTotals(1), looked, settings))
          .singleElement()
          .matches(Room::suffices);
    }
  }

  private DiskSettings withTemp(Path temp) {
    return DiskSettings.in(folder.resolve("out")).withTempDir(temp).with(SyncPolicy.NEVER);
  }
}
