package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.inventory.InventoryEntry;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileCheckTest {

  private static final Checksum WRONG_MD5 = new Checksum(Algorithm.MD5, "0".repeat(32));

  @TempDir private Path temporary;
  private final Payload payload = new Payload(3, 3_000_000);
  private Path folder;

  @BeforeEach
  void put() throws IOException {
    folder = temporary.toRealPath();
    payload.writeTo(folder.resolve("a"));
  }

  @Test
  void provesByLengthOrNotAtAll() throws IOException {
    assertThat(check("a", payload.size())).isEqualTo(new Finding.Right(Proof.LENGTH));
    assertThat(check("a", -1)).isEqualTo(new Finding.Unchecked());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void provesByHash(Algorithm algorithm) throws IOException {
    assertThat(check("a", -1, right(algorithm))).isEqualTo(new Finding.Right(algorithm.proof()));
  }

  @Test
  void theStrongestOfManyHashesIsTheProof() throws IOException {
    Checksum[] all = Arrays.stream(Algorithm.values()).map(this::right).toArray(Checksum[]::new);
    assertThat(check("a", payload.size(), all)).isEqualTo(new Finding.Right(Proof.SHA512));
    assertThat(check("a", payload.size(), right(Algorithm.MD5), right(Algorithm.SHA1)))
        .isEqualTo(new Finding.Right(Proof.SHA1));
  }

  @Test
  void everyHashMustHold() throws IOException {
    assertThat(check("a", payload.size(), right(Algorithm.SHA512), WRONG_MD5))
        .isEqualTo(
            new Finding.WrongHash(
                "md5 is " + payload.hash("MD5") + ", expected " + "0".repeat(32)));
  }

  @Test
  void aWrongSizeIsToldBeforeAnyHash() throws IOException {
    assertThat(check("a", 5, WRONG_MD5)).isEqualTo(new Finding.WrongSize(3_000_000, 5));
  }

  @Test
  void anEmptyFileIsHashedToo() throws IOException {
    Files.createFile(folder.resolve("empty"));
    Checksum empty = new Checksum(Algorithm.CRC32C, "00000000");
    assertThat(check("empty", 0, empty)).isEqualTo(new Finding.Right(Proof.CRC32C));
    assertThat(check("empty", -1, WRONG_MD5)).isInstanceOf(Finding.WrongHash.class);
  }

  @Test
  void whatIsNotThereIsMissing() throws IOException {
    assertThat(check("b", 5)).isEqualTo(new Finding.Missing());
    assertThat(check("sub/b", 5)).isEqualTo(new Finding.Missing());
    assertThat(check("a/b", 5)).isEqualTo(new Finding.Missing());
    assertThat(folder.resolve("sub")).doesNotExist();
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    assertThat(check("sub", -1)).isEqualTo(new Finding.NoFile());
  }

  @Test
  void aLinkThatLeavesTheFolderIsNotFollowed() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(out.resolve("up"), folder);
    Files.createSymbolicLink(out.resolve("a"), folder.resolve("a"));
    assertThat(checkIn(out, download("up/a", payload.size()))).isInstanceOf(Finding.BadRow.class);
    assertThat(checkIn(out, download("a", payload.size()))).isInstanceOf(Finding.BadRow.class);
  }

  @Test
  void aLinkInALoopIsUnreadable() throws IOException {
    Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    assertThat(check("loop", -1)).isInstanceOf(Finding.Unreadable.class);
  }

  @Test
  void hashingEndsWhenStopped() throws IOException {
    try (OutputFolder looked = OutputFolder.look(DiskSettings.in(folder))) {
      FileCheck check = new FileCheck(looked, new Inventory(looked.ownFolder()), () -> true);
      Download download = download("a", -1, right(Algorithm.SHA256));
      assertThatThrownBy(() -> check.check(download)).isInstanceOf(CancellationException.class);
    }
  }

  private Finding check(String name, long size, Checksum... hashes) throws IOException {
    return checkIn(folder, download(name, size, hashes));
  }

  private static Finding checkIn(Path folder, Download download) throws IOException {
    try (OutputFolder looked = OutputFolder.look(DiskSettings.in(folder))) {
      return new FileCheck(looked, new Inventory(looked.ownFolder()), () -> false).check(download);
    }
  }

  private void note(URI url, long size, Checksum... hashes) throws IOException {
    Path own = Files.createDirectories(folder.resolve(".bulkdl"));
    Provenance from =
        new Provenance(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(hashes));
    try (Inventory inventory = new Inventory(own)) {
      inventory.note(
          new InventoryEntry(
              TargetName.of("a"), url.toString(), size, Proof.ETAG, from, Instant.EPOCH, "run"));
    }
  }

  private URI url() {
    return download("a", -1).source();
  }

  @Test
  void aRecordedHashIsCompared() throws IOException {
    note(url(), payload.size(), right(Algorithm.SHA256));
    assertThat(check("a", -1)).isEqualTo(new Finding.AsRecorded(Proof.SHA256));
    note(url(), payload.size(), WRONG_MD5);
    assertThat(check("a", -1)).isInstanceOf(Finding.WrongHash.class);
  }

  @Test
  void aRecordedSizeIsCompared() throws IOException {
    note(url(), payload.size());
    assertThat(check("a", -1)).isEqualTo(new Finding.AsRecorded(Proof.LENGTH));
    assertThat(check("a", payload.size())).isEqualTo(new Finding.Right(Proof.LENGTH));
    note(url(), 7);
    assertThat(check("a", -1)).isEqualTo(new Finding.WrongSize(payload.size(), 7));
  }

  @Test
  void aFileFromAnotherUrlIsNotTheOneOfTheRowUnlessItsHashIs() throws IOException {
    URI other = URI.create("http://elsewhere/a");
    note(other, payload.size(), right(Algorithm.SHA256));
    assertThat(check("a", payload.size())).isEqualTo(new Finding.OtherSource(other.toString()));
    assertThat(check("a", -1, right(Algorithm.MD5))).isEqualTo(new Finding.Right(Proof.MD5));
  }

  private Checksum right(Algorithm algorithm) {
    boolean platform = algorithm != Algorithm.CRC32C;
    return new Checksum(
        algorithm, payload.hash(platform ? algorithm.standardName() : algorithm.label()));
  }

  private static Download download(String name, long size, Checksum... hashes) {
    OptionalLong known = size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    URI nowhere = URI.create("http://localhost/");
    return new Download(1, TargetName.of(name), nowhere, known, List.of(hashes), Map.of());
  }
}
