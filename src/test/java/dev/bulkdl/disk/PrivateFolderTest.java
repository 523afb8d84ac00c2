package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    assumeThat(temp.getFileSystem().supportedFileAttributeViews()).contains("posix");
    folder = temp.resolve("shared").resolve("own");
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  @Test
  void isCreatedForTheOwnerOnly() throws IOException {
    PrivateFolder.make(folder);
    assertThat(permissions()).isEqualTo("rwx------");
    PrivateFolder.make(folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void losesTheWritePermissionsOfOthers() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("a.part"), "bytes");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    PrivateFolder.make(folder);
    assertThat(permissions()).isEqualTo("rwx------");
    assertThat(folder.resolve("a.part")).hasContent("bytes");
  }

  @Test
  void aLinkIsRefused() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.createDirectories(folder.getParent());
    Files.createSymbolicLink(folder, other);
    assertThatIOException()
        .isThrownBy(() -> PrivateFolder.make(folder))
        .withMessageContainingAll(folder.toString(), "not a folder", "--temp-dir");
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws IOException {
    Files.createDirectories(folder);
    giveAway(folder);
    assertThatIOException()
        .isThrownBy(() -> PrivateFolder.make(folder))
        .withMessageContainingAll(folder.toString(), "belongs to", "--temp-dir");
    assertThat(folder).isEmptyDirectory();
  }

  private static void giveAway(Path path) throws IOException {
    UserPrincipal other =
        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try {
      Files.setOwner(path, other);
    } catch (FileSystemException e) {
      assumeThat(false).as("only the superuser gives files away").isTrue();
    }
  }
}
