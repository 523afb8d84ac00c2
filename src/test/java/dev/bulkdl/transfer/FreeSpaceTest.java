package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {

  private final FakeRun run = new FakeRun();
  private long left = 100;
  private boolean broken;
  @TempDir Path temp;

  private FreeSpace space() throws IOException {
    Hook hook =
        new Hook() {
          @Override
          public long before(Operation operation) throws IOException {
            if (broken && operation.kind() == Operation.Kind.SPACE) {
              throw new IOException("stale");
            }
            return operation.bytes();
          }

          @Override
          public long usableSpace(long real) {
            return left;
          }
        };
    Path folder = new DiskFileSystem(hook).of(temp);
    return new FreeSpace(OutputFolder.look(DiskSettings.in(folder)), run);
  }

  @Test
  void asksTheFileSystemOnlyEveryFewSeconds() throws Exception {
    FreeSpace space = space();
    assertThat(space.bytes()).hasValue(100);
    left = 50;
    run.sleep(Duration.ofSeconds(2));
    assertThat(space.bytes()).hasValue(100);
    run.sleep(Duration.ofSeconds(1));
    assertThat(space.bytes()).hasValue(50);
  }

  @Test
  void isUnknownIfTheFileSystemDoesNotReportIt() throws Exception {
    FreeSpace space = space();
    broken = true;
    assertThat(space.bytes()).isEmpty();
    broken = false;
    run.sleep(Duration.ofSeconds(3));
    assertThat(space.bytes()).hasValue(100);
  }
}
