package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.inventory.InventoryEntry;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs note in the inventory of a folder, and what later runs conclude from it. */
class InventoryRunTest extends EngineFixture {

  private static final Payload OTHER = new Payload(7, PAYLOAD.size());

  private Optional<InventoryEntry> noted(String name) {
    try (Inventory inventory = new Inventory(out.resolve(".bulkdl"))) {
      return inventory.find(TargetName.of(name));
    }
  }

  private static Download named(String name, Download file) {
    return new Download(
        file.line(),
        TargetName.of(name),
        file.source(),
        file.size(),
        file.checksums(),
        file.columns());
  }

  private static DiskSettings asking(DiskSettings disk) {
    return disk.with(disk.existing().withIfModified(true));
  }

  private List<SeenRequest> contentAsked() {
    return server.requests("/a").stream().filter(SeenRequest::isGet).toList();
  }

  @Test
  void aCompleteFileIsNotedWithAllThatIsKnown() {
    settings = settings.with(settings.records().withHash(Algorithm.SHA256));
    server.always("/go", new Fault.Redirect(302, server.uri("/a") + "?token=geheim"));
    completed(download(file("/go")));
    InventoryEntry entry = noted("go").orElseThrow();
    assertThat(entry.url()).isEqualTo(server.uri("/go").toString());
    assertThat(entry.from().finalUrl().orElseThrow().toString())
        .startsWith(server.uri("/a").toString())
        .doesNotContain("geheim");
    assertThat(entry.size()).isEqualTo(PAYLOAD.size());
    assertThat(entry.from().hashes())
        .containsExactly(new Checksum(Algorithm.SHA256, PAYLOAD.sha256()));
    assertThat(entry.proof()).isEqualTo(Proof.ETAG);
  }

  @Test
  void aSecondRunNotesNothingNew() throws IOException {
    download(a());
    Path file = out.resolve(".bulkdl").resolve(Inventory.FILE_NAME);
    byte[] before = Files.readAllBytes(file);
    assertThat(download(a())).isInstanceOf(Outcome.Skipped.class);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aFileThatWasThereBeforeAllRunsIsNoted() throws IOException {
    Files.createDirectories(out);
    PAYLOAD.writeTo(out.resolve("a"));
    download(a());
    assertThat(noted("a").orElseThrow().proof()).isEqualTo(Proof.LENGTH);
    assertThat(noted("a").orElseThrow().from().etag()).isEmpty();
  }

  @Test
  void aFailureIsNotNoted() {
    server.always("/a", new Fault.Status(404));
    download(a());
    assertThat(noted("a")).isEmpty();
  }

  /** Both documents have one name and one length. */
  @Test
  void aFileFromAnotherUrlIsAConflictThatIsNamed() {
    server.serve("/b", OTHER);
    completed(download(named("dl", a())));
    Failure failure = failed(download(named("dl", file("/b"))));
    assertThat(failure).isInstanceOf(Failure.Exists.class);
    assertThat(failure.text()).contains(server.uri("/a").toString(), "--overwrite");
    assertThat(PAYLOAD.matches(out.resolve("dl"))).isTrue();
  }

  @Test
  void theSameContentUnderAnotherUrlIsProvenByItsTag() {
    server.serve("/b", PAYLOAD);
    completed(download(named("dl", a())));
    Outcome second = download(named("dl", file("/b")));
    assertThat(second).isInstanceOf(Outcome.Skipped.class);
    assertThat(noted("dl").orElseThrow().url()).isEqualTo(server.uri("/b").toString());
  }

  @Test
  void nothingIsSentForAFileThatHasNotChanged() {
    download(a());
    long sent = server.bytesServed();
    disk(InventoryRunTest::asking);
    assertThat(download(a())).isInstanceOf(Outcome.Skipped.class);
    assertThat(server.bytesServed()).isEqualTo(sent);
    assertThat(contentAsked()).hasSize(1);
  }

  @Test
  void aChangedFileOfTheSameLengthReplacesTheOldOne() {
    download(a());
    server.serve("/a", OTHER);
    assertThat(download(a())).isInstanceOf(Outcome.Skipped.class);
    disk(InventoryRunTest::asking);
    completed(download(a()));
    assertThat(OTHER.matches(out.resolve("a"))).isTrue();
    assertThat(noted("a").orElseThrow().from().etag()).isEqualTo(server.etag("/a"));
  }

  /** The user's own change is not overwritten: the file is not the one that was downloaded. */
  @Test
  void aFileThatTheUserHasChangedIsNotReplaced() throws IOException {
    download(a());
    Files.writeString(out.resolve("a"), "mine");
    disk(InventoryRunTest::asking);
    assertThat(failed(download(a()))).isInstanceOf(Failure.Exists.class);
    assertThat(out.resolve("a")).hasContent("mine");
  }

  @Test
  void aServerWithoutHeadIsAskedByAConditionalGet() {
    download(a());
    server.always("/a", SeenRequest::isHead, new Fault.HeadNotAllowed());
    long sent = server.bytesServed();
    disk(InventoryRunTest::asking);
    assertThat(download(a())).isInstanceOf(Outcome.Skipped.class);
    assertThat(server.bytesServed() - sent).isLessThanOrEqualTo(1);
  }

  @Test
  void aRecordedHashIsComparedWhereTheUserWantsIt() throws IOException {
    settings = settings.with(settings.records().withHash(Algorithm.SHA256));
    download(a());
    Files.write(out.resolve("a"), new byte[(int) PAYLOAD.size()]);
    assertThat(download(a())).isInstanceOf(Outcome.Skipped.class);
    disk(EngineFixture::verifying);
    assertThat(failed(download(a())).text()).contains("its hash differs");
  }

  @Test
  void aFileThatIsThereGetsTheHashThatIsAskedForOnce() {
    download(a());
    assertThat(noted("a").orElseThrow().from().hashes()).isEmpty();
    settings = settings.with(settings.records().withHash(Algorithm.SHA256));
    Checksum sha256 = new Checksum(Algorithm.SHA256, PAYLOAD.sha256());
    assertThat(((Outcome.Skipped) download(a())).from().hashes()).containsExactly(sha256);
    assertThat(noted("a").orElseThrow().from().hashes()).containsExactly(sha256);
    assertThat(noted("a").orElseThrow().from().etag()).isEqualTo(server.etag("/a"));
    assertThat(((Outcome.Skipped) download(a())).from().hashes()).isEmpty();
  }

  /** An old hash is not that of a file whose size has changed since. */
  @Test
  void aFileOfAnotherSizeThanRecordedIsHashedAgain() throws IOException {
    settings = settings.with(settings.records().withHash(Algorithm.SHA256));
    download(a());
    Payload longer = new Payload(8, PAYLOAD.size() + 1);
    server.serve("/a", longer);
    longer.writeTo(out.resolve("a"));
    assertThat(download(a())).isInstanceOf(Outcome.Skipped.class);
    assertThat(noted("a").orElseThrow().from().hashes())
        .containsExactly(new Checksum(Algorithm.SHA256, longer.sha256()));
  }
}
