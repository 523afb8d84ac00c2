package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.model.FolderInUseException;
import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 39: only one run can use a folder. */
class FolderLockTest {

  @TempDir private Path temp;

  private OutputFolder open(Path folder) throws IOException {
    return OutputFolder.open(DiskSettings.in(folder));
  }

  @Test
  void twoRunsInOneProcessDoNotShareAFolder() throws IOException {
    try (OutputFolder first = open(temp)) {
      assertThatExceptionOfType(FolderInUseException.class)
          .isThrownBy(() -> open(temp))
          .withMessageContaining(first.root().toString())
          .withMessageContaining("this same process");
    }
    open(temp).close();
  }

  @Test
  void aFolderIsTheSameByEveryPath() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("out"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
    try (OutputFolder first = open(folder)) {
      assertThat(first.root()).isEqualTo(folder.toRealPath());
      assertThatExceptionOfType(FolderInUseException.class).isThrownBy(() -> open(link));
      assertThatExceptionOfType(FolderInUseException.class)
          .isThrownBy(() -> open(folder.resolve("..").resolve("out")));
    }
  }

  @Test
  void twoFoldersHaveTwoLocks() throws IOException {
    try (OutputFolder one = open(temp.resolve("one"));
        OutputFolder other = open(temp.resolve("other"))) {
      assertThat(one.root()).isNotEqualTo(other.root());
    }
  }

  @Test
  void aRefusedRunDoesNotFreeTheFolder() throws IOException {
    try (OutputFolder first = open(temp)) {
      assertThat(first.ownFolder()).isDirectory();
      assertThatExceptionOfType(FolderInUseException.class).isThrownBy(() -> open(temp));
      assertThatExceptionOfType(FolderInUseException.class).isThrownBy(() -> open(temp));
    }
  }

  @Test
  void namesTheProcessThatHoldsTheFolder() throws IOException, InterruptedException {
    Process holder = Holder.start(temp);
    try {
      assertThatExceptionOfType(FolderInUseException.class)
          .isThrownBy(() -> open(temp))
          .withMessageContaining("process " + holder.pid() + " since ");
      assertThatExceptionOfType(FolderInUseException.class).isThrownBy(() -> open(temp));
    } finally {
      holder.getOutputStream().close();
    }
    assertThat(holder.waitFor(2, TimeUnit.MINUTES)).isTrue();
    open(temp).close();
  }

  @Test
  void aKilledProcessHoldsNoLock() throws IOException, InterruptedException {
    Process holder = Holder.start(temp);
    holder.destroyForcibly();
    assertThat(holder.waitFor(2, TimeUnit.MINUTES)).isTrue();
    open(temp).close();
  }

  @Test
  void anotherProcessSeesThatThisOneHoldsTheFolder() throws IOException {
    try (OutputFolder first = open(temp)) {
      assertThat(first.ownFolder().resolve("lock")).isNotEmptyFile();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Holder.start(temp))
          .withMessageContaining("does not hold");
    }
  }

  @Test
  void aLinkWithTheLocksNameIsNotFollowed() throws IOException {
    Path victim = Files.writeString(temp.resolve("victim"), "precious");
    Path own = Files.createDirectories(temp.resolve("out").resolve(".bulkdl"));
    Files.createSymbolicLink(own.resolve("lock"), victim);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> open(temp.resolve("out")));
    assertThat(victim).hasContent("precious");
  }

  /** For example in a server, where two class loaders have loaded this program. */
  @Test
  void aLockOfAnotherClassLoaderCounts() throws IOException {
    Path own = Files.createDirectories(temp.toRealPath().resolve(".bulkdl"));
    try (FileChannel other =
            FileChannel.open(
                own.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatExceptionOfType(FolderInUseException.class).isThrownBy(() -> open(temp));
    }
    open(temp).close();
  }

  /** Case 39: if file locks do not work, the note in the lock file decides. */
  @Test
  void withoutFileLocksTheNoteOfALiveProcessCounts() throws IOException, InterruptedException {
    Path own = Files.createDirectories(temp.toRealPath().resolve(".bulkdl"));
    String boot = BootId.id(temp.getFileSystem());
    Process holder = new ProcessBuilder("cat").start();
    try {
      write(own, holder.pid(), Instant.now(), boot);
      assertThatExceptionOfType(FolderInUseException.class)
          .isThrownBy(() -> open(temp))
          .withMessageContaining("process " + holder.pid());
      write(own, holder.pid(), Instant.now().minusSeconds(3600), boot);
      open(temp).close(); // that process had another of this number before it
      write(own, holder.pid(), Instant.now(), "of another machine");
      open(temp).close();
      write(own, holder.pid(), Instant.now(), boot);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    open(temp).close();
    assertThat(own.resolve("lock")).isEmptyFile();
  }

  private static void write(Path own, long pid, Instant since, String boot) throws IOException {
    Files.writeString(
        own.resolve("lock"), "process " + pid + " since " + since + " in boot " + boot);
  }
}
