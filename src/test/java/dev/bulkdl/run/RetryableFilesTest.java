package dev.bulkdl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Threads;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.run.RetryableFiles.FailedFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryableFilesTest {

  private final RetryableFiles files = new RetryableFiles();

  private void fail(int number) {
    files.add(
        Download.of("f" + number, URI.create("http://h/a")),
        new Outcome.Failed(new Failure.Timeout(""), Outcome.Effort.none()),
        () -> {});
  }

  @Test
  void givesEachFileOutOnce() {
    fail(1);
    fail(2);
    assertThat(files.take(file -> true))
        .extracting(file -> file.download().target().value())
        .containsExactly("f1", "f2");
    assertThat(files.take(file -> true)).isEmpty();
  }

  @Test
  void keepsTheNewest() {
    for (int number = 0; number < RetryableFiles.KEPT + 5; number++) {
      fail(number);
    }
    assertThat(files.take(file -> true))
        .hasSize(RetryableFiles.KEPT)
        .first()
        .extracting(file -> file.download().target().value())
        .isEqualTo("f5");
  }

  @Test
  void givesNoFileOutThatIsStillToBeToldOf() throws InterruptedException {
    List<Threads> takers = new ArrayList<>();
    List<FailedFile> taken = new ArrayList<>();
    files.add(
        Download.of("f", URI.create("http://h/a")),
        new Outcome.Failed(new Failure.Timeout(""), Outcome.Effort.none()),
        () -> {
          takers.add(Threads.start(() -> taken.addAll(files.take(file -> true))));
          takers.getFirst().awaitBlocked();
        });
    takers.getFirst().join();
    assertThat(taken).hasSize(1);
  }
}
