package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.manifest.ManifestError;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditTest {

  @TempDir private Path temporary;
  private final Cancellation cancellation = new Cancellation();
  private OutputFolder folder;

  @BeforeEach
  void look() throws IOException {
    folder = OutputFolder.look(DiskSettings.in(temporary));
  }

  @AfterEach
  void close() throws IOException {
    folder.close();
  }

  @Test
  void checksEveryRowOnce() throws IOException {
    Files.createFile(temporary.resolve("n7"));
    Map<String, Finding> found = new TreeMap<>();
    AtomicInteger calls = new AtomicInteger();
    boolean whole =
        new FileAudit(folder, new Inventory(folder.ownFolder()), cancellation)
            .check(
                rows(500),
                (name, finding) -> {
                  calls.incrementAndGet();
                  found.put(name, finding);
                });
    assertThat(whole).isTrue();
    assertThat(calls).hasValue(500);
    assertThat(found).hasSize(500).containsEntry("n7", new Finding.Unchecked());
    assertThat(found.values()).filteredOn(new Finding.Missing()::equals).hasSize(499);
  }

  @Test
  void aBadRowIsAProblem() {
    ManifestRow bad =
        new ManifestRow.Bad(9, Map.of(), List.of(ManifestError.ofRow(9, "no such name")));
    Map<String, Finding> found = new TreeMap<>();
    new FileAudit(folder, new Inventory(folder.ownFolder()), cancellation)
        .check(List.of(bad).iterator(), found::put);
    assertThat(found).containsExactly(Map.entry("line 9", new Finding.BadRow("no such name")));
  }

  @Test
  void stopsBetweenRows() {
    AtomicInteger calls = new AtomicInteger();
    boolean whole =
        new FileAudit(folder, new Inventory(folder.ownFolder()), cancellation)
            .check(
                rows(100_000),
                (name, finding) -> {
                  calls.incrementAndGet();
                  cancellation.cancel();
                });
    assertThat(whole).isFalse();
    assertThat(calls).hasValueLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void throwsWhatTheReceiverThrows() {
    IllegalStateException bug = new IllegalStateException("bug");
    assertThatThrownBy(
            () ->
                new FileAudit(folder, new Inventory(folder.ownFolder()), cancellation)
                    .check(
                        rows(10),
                        (name, finding) -> {
                          throw bug;
                        }))
        .isSameAs(bug);
  }

  private static Iterator<ManifestRow> rows(int count) {
    URI nowhere = URI.create("http://localhost/");
    return IntStream.range(0, count)
        .<ManifestRow>mapToObj(i -> new ManifestRow.Good(Download.of("n" + i, nowhere)))
        .iterator();
  }
}
