package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is opened for single files is not locked; each file is. */
class FileLocksTest {

  private static final URI SOURCE = URI.create("http://h/a");

  @TempDir private Path temp;

  private OutputFolder open() throws IOException {
    return OutputFolder.openForFiles(DiskSettings.in(temp));
  }

  private static FilePaths place(OutputFolder folder, String name) throws IOException {
    return ((OutputFolder.Placed.At) folder.place(TargetName.of(name))).place();
  }

  private static PartFile part(OutputFolder folder, String name) throws IOException {
    return folder.part(place(folder, name), SOURCE);
  }

  @Test
  void twoFoldersShareAFolderButNoFile() throws IOException {
    try (OutputFolder one = open();
        OutputFolder other = open()) {
      try (PartFile first = part(one, "a");
          PartFile second = part(other, "b")) {
        assertThat(first.place()).isNotEqualTo(second.place());
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> part(other, "a"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> part(one, "a"));
        assertThat(temp.resolve("a.part.lock")).exists();
      }
      part(other, "a").close();
    }
    assertThat(Trees.names(temp)).isEmpty();
  }

  @Test
  void aFileThatAnotherProcessHasLockedIsInUse() throws IOException {
    Path lock = temp.resolve("a.part.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock();
        OutputFolder folder = open()) {
      assertThat(held.isValid()).isTrue();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> part(folder, "a"))
          .withMessageContaining("is being downloaded by another run");
    }
    try (OutputFolder folder = open()) {
      part(folder, "a").close(); // the lock file of a killed run is no obstacle
    }
    assertThat(lock).doesNotExist();
  }

  /** Threads that take and delete one lock file all the time never hold it together. */
  @Test
  void aLockIsHeldOnceHoweverOftenItsFileIsDeleted() throws Exception {
    Path file = temp.resolve("x.part.lock");
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = 0; i < 200; i++) {
            try (FolderLock lock = FolderLock.takeForFile(temp.resolve("x"), file)) {
              most.accumulateAndGet(holders.incrementAndGet(), Math::max);
              assertThat(lock).isNotNull();
              holders.decrementAndGet();
            } catch (IOException e) {
              // held by another thread
            }
          }
        };
    Thread[] threads = {new Thread(work), new Thread(work), new Thread(work)};
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most.get()).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  /** A process may open the lock file just before its holder deletes it. */
  @Test
  void processesNeverHoldALockTogether() throws Exception {
    List<Process> contenders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      contenders.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LockContender.class.getName(),
                  temp.resolve("x").toString(),
                  "1000")
              .inheritIO()
              .start());
    }
    for (Process contender : contenders) {
      assertThat(contender.waitFor()).isZero();
    }
    assertThat(Trees.names(temp)).isEmpty();
  }

  /** Without a registry, only a journal says that a partial file is ours. */
  @Test
  void aSmallPartialFileIsKnownToTheNextRun() throws IOException {
    try (OutputFolder folder = open();
        PartFile part = part(folder, "a")) {
      part.begin(Version.UNKNOWN.withTotal(OptionalLong.of(100)));
    }
    try (OutputFolder folder = open();
        PartFile part = part(folder, "a")) {
      assertThat(part.remains().ours()).isTrue();
    }
    assertThat(temp.resolve(".bulkdl")).doesNotExist();
    assertThat(Files.exists(temp.resolve("a.part.lock"))).isFalse();
  }
}
