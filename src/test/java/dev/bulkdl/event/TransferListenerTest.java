package dev.bulkdl.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransferListenerTest {

  private final List<String> seen = new ArrayList<>();

  private ProgressListener named(String name) {
    return new ProgressListener() {
      @Override
      public void onEvent(TransferEvent event) {
        seen.add(name + " event");
      }

      @Override
      public void onProgress(RunProgress progress) {
        seen.add(name + " progress " + progress.ended());
      }
    };
  }

  @Test
  void everyListenerSeesEverythingInOrder() {
    ProgressListener all = TransferListener.all(List.of(named("one"), named("two")));
    all.onEvent(new TransferEvent.OutageBegan());
    all.onProgress(
        new RunProgress(
            Duration.ZERO,
            9,
            1,
            2,
            3,
            1,
            0,
            0,
            0,
            OptionalLong.empty(),
            List.of(),
            false,
            0,
            0,
            1,
            OptionalLong.empty(),
            List.of(),
            List.of()));
    assertThat(seen).containsExactly("one event", "two event", "one progress 7", "two progress 7");
  }
}
