package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.TransferMode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class FileProgressTest {

  private final LongAdder run = new LongAdder();
  private final Download download = Download.of("a", URI.create("http://h/a"));
  private final FileProgress progress = new FileProgress(download, run);

  @Test
  void beginsWithNothingKnown() {
    assertThat(progress.download()).isSameAs(download);
    assertThat(progress.bytes()).isZero();
    assertThat(progress.total()).isEmpty();
    assertThat(progress.percent()).isZero();
    assertThat(progress.mode()).isEqualTo(TransferMode.SINGLE);
    assertThat(progress.connections()).isZero();
    assertThat(progress.layout()).isEqualTo(SegmentLayout.EMPTY);
  }

  @Test
  void addsWhatComesToWhatIsThere() {
    progress.restartFrom(100);
    progress.add(20);
    progress.add(30);
    assertThat(progress.bytes()).isEqualTo(150);
  }

  @Test
  void theRunCountsOnlyWhatTheNetworkDelivered() {
    progress.restartFrom(100);
    progress.add(20);
    progress.restartFrom(0);
    progress.add(5);
    assertThat(progress.bytes()).isEqualTo(5);
    assertThat(run.sum()).isEqualTo(25);
  }

  @Test
  void aFileInPercent() {
    progress.setTotal(200);
    progress.add(50);
    assertThat(progress.percent()).isEqualTo(25);
    progress.add(400);
    assertThat(progress.percent()).isEqualTo(100);
  }

  @Test
  void anEmptyFileIsWhole() {
    progress.setTotal(0);
    assertThat(progress.total()).hasValue(0);
    assertThat(progress.percent()).isEqualTo(100);
  }

  @Test
  void countsItsConnections() {
    progress.connectionOpened();
    progress.connectionOpened();
    progress.connectionClosed();
    assertThat(progress.connections()).isEqualTo(1);
  }

  @Test
  void aSnapshotSaysWhatTheCountersSay() {
    progress.setTotal(10);
    progress.add(5);
    progress.setMode(TransferMode.SPLIT);
    progress.connectionOpened();
    SegmentLayout layout =
        new SegmentLayout(
            ByteRanges.prefix(5), List.of(new SegmentLayout.Piece(0, 5, 10, Optional.empty())));
    progress.setLayout(() -> layout);
    assertThat(progress.snapshot())
        .isEqualTo(
            new FileSnapshot(download, 5, OptionalLong.of(10), 50, TransferMode.SPLIT, 1, layout));
  }
}
