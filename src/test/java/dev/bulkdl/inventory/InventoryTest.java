package dev.bulkdl.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.model.TargetName;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {

  private static final Instant RUN = Instant.parse("2026-11-30T05:00:00Z");

  @TempDir Path folder;

  private static InventoryEntry entry(String name, long size) {
    return new InventoryEntry(
        TargetName.of(name),
        "http://h/" + size,
        size,
        Proof.ETAG,
        new Provenance(
            Optional.of(URI.create("http://node/a")),
            Optional.of("\"a\tb\\\""),
            Optional.of("Mon, 30 Nov 2026 05:00:00 GMT"),
            Optional.empty(),
            List.of(new Checksum(Algorithm.MD5, "0".repeat(32)))),
        RUN.plusSeconds(size),
        "run-1");
  }

  private void note(InventoryEntry... entries) {
    try (Inventory inventory = new Inventory(folder)) {
      List.of(entries).forEach(inventory::note);
    }
  }

  private List<InventoryEntry> all() throws IOException {
    List<InventoryEntry> found = new ArrayList<>();
    try (Inventory inventory = new Inventory(folder)) {
      inventory.forEach(found::add);
    }
    return found;
  }

  private Optional<InventoryEntry> find(String name) {
    try (Inventory inventory = new Inventory(folder)) {
      return inventory.find(TargetName.of(name));
    }
  }

  @Test
  void growsOverTheRunsAndTheNewestEntryCounts() throws IOException {
    note(entry("a", 1), entry("dir/b", 2));
    note(entry("a", 3));
    assertThat(all()).containsExactly(entry("dir/b", 2), entry("a", 3));
    assertThat(find("a")).contains(entry("a", 3));
    assertThat(find("dir/b")).contains(entry("dir/b", 2));
    assertThat(find("c")).isEmpty();
  }

  /** A file that ends late would leave it open. */
  @Test
  void nothingIsOpenedAfterItWasClosed() {
    Inventory inventory = new Inventory(folder);
    inventory.close();
    inventory.note(entry("a", 1));
    assertThat(inventory.exists()).isFalse();
    note(entry("a", 1));
    assertThat(inventory.find(TargetName.of("a"))).isEmpty();
  }

  @Test
  void nothingIsWrittenWithoutAnEntry() throws IOException {
    note();
    assertThat(find("a")).isEmpty();
    assertThat(all()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  /** Wherever a kill or a power loss cuts the file, the lines before and after it stay. */
  @Test
  void aTornLineHarmsNoOther() throws IOException {
    note(entry("a", 1), entry("b", 2));
    Path file = folder.resolve(Inventory.FILE_NAME);
    byte[] whole = Files.readAllBytes(file);
    int second = new String(whole, StandardCharsets.UTF_8).indexOf("\nb\t") + 1;
    for (int cut = second; cut < whole.length; cut++) {
      Files.write(file, java.util.Arrays.copyOf(whole, cut));
      note(entry("c", 3));
      assertThat(find("a")).contains(entry("a", 1));
      assertThat(find("c")).contains(entry("c", 3));
      assertThat(all()).contains(entry("a", 1), entry("c", 3));
    }
  }

  @Test
  void zerosThatAPowerLossLeavesAreNoEntries() throws IOException {
    note(entry("a", 1));
    Files.write(folder.resolve(Inventory.FILE_NAME), new byte[5000], StandardOpenOption.APPEND);
    note(entry("b", 2));
    assertThat(all()).containsExactly(entry("a", 1), entry("b", 2));
  }

  @Test
  void aLineOfAnyLengthIsPassedOver() throws IOException {
    note(entry("a", 1));
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve(Inventory.FILE_NAME).toFile(), "rw")) {
      file.setLength(3 << 20);
    }
    note(entry("b", 2));
    assertThat(find("b")).contains(entry("b", 2));
    assertThat(all()).containsExactly(entry("a", 1), entry("b", 2));
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path victim = Files.createFile(folder.resolve("victim"));
    Files.createSymbolicLink(folder.resolve(Inventory.FILE_NAME), victim);
    try (Inventory inventory = new Inventory(folder)) {
      inventory.note(entry("a", 1));
      inventory.close();
      assertThat(inventory.failure()).isPresent();
    }
    assertThat(victim).isEmptyFile();
  }

  @Property(tries = 300)
  void everyTextReadsBackAsItWas(@ForAll String etag, @ForAll String type) {
    Provenance from =
        new Provenance(
            Optional.empty(),
            Optional.of(etag).filter(text -> !text.isEmpty()),
            Optional.empty(),
            Optional.of(type).filter(text -> !text.isEmpty()),
            List.of());
    InventoryEntry entry =
        new InventoryEntry(TargetName.of("a"), "http://h/a", 1, Proof.LENGTH, from, RUN, "run-1");
    String line = InventoryLine.of(entry);
    assertThat(line).doesNotContain("\n").doesNotContain("\r");
    assertThat(InventoryLine.parse(line)).contains(entry);
    byte[] written = line.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(line);
  }
}
