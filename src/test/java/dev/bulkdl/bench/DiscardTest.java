package dev.bulkdl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Builders;
import dev.bulkdl.Result;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.WriteMode;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that discards its bytes does everything else like an ordinary run. */
class DiscardTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"3145729, 4", "3145729, 1", "1, 1", "0, 1"})
  void filesHaveTheirLengthAndHoldNothing(int size, int segments) throws IOException {
    try (FaultServer server = FaultServer.http()) {
      server.serve("/a", new Payload(1, size));
      Result result =
          Builders.downloader(
                  Settings.in(folder)
                      .with(
                          DiskSettings.in(folder).with(SyncPolicy.ALWAYS).with(WriteMode.DISCARD)))
              .segments(segments, 1 << 20)
              .build()
              .download(List.of(Download.of("a", server.uri("/a"))));
      assertThat(result.isComplete()).isTrue();
      assertThat(server.bytesServed()).isGreaterThanOrEqualTo(size);
      assertThat(Files.readAllBytes(folder.resolve("a"))).isEqualTo(new byte[size]);
      Trees.assertNoLeftovers(folder);
    }
  }
}
