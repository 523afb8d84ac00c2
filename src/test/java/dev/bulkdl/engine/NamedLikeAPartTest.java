package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row named like what an earlier run left of another file is never content with that. */
class NamedLikeAPartTest extends EngineFixture {

  private static final Payload OTHER = new Payload(5, PAYLOAD.size());
  private static final Payload SMALL = new Payload(6, 5_000);

  @BeforeEach
  void serve() {
    server.serve("/a.part", OTHER).serve("/s", SMALL).serve("/s.part", new Payload(8, 2_000));
  }

  /** The partial file has the size of the whole, and holes. */
  private void leavePartOfFullSize() throws IOException {
    prepare(Shape.FOUR_RESUMED);
    try (var file = new java.io.RandomAccessFile(part(a()).toFile(), "rw")) {
      file.setLength(OTHER.size());
    }
    forgetRequests();
  }

  private void assertInTheWay(Outcome outcome) {
    assertThat(failed(outcome))
        .isInstanceOfSatisfying(
            Failure.Exists.class,
            failure -> assertThat(failure.text()).contains("unfinished", "--overwrite"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPartialFileWithHolesIsNoCompleteFile(boolean sized) throws IOException {
    leavePartOfFullSize();
    Download row = file("/a.part");
    assertInTheWay(download(sized ? sized(row, OTHER.size()) : row));
    assertThat(asked()).isEmpty();
    assertThat(completed(download(a())).effort().resumed()).isPositive();
    completed(download(row));
    Trees.assertHolds(out, Map.of("a", PAYLOAD, "a.part", OTHER));
  }

  @Test
  void aHashDoesNotMakeItOne() throws IOException {
    leavePartOfFullSize();
    disk(EngineFixture::verifying);
    Checksum hash = new Checksum(Algorithm.SHA256, Trees.hashes(out).get("a.part"));
    assertInTheWay(download(file("/a.part").withChecksums(List.of(hash))));
  }

  @Test
  void itIsNotContinuedAsAnotherFile() {
    cut(a(), 500 * KIB);
    disk(EngineFixture::continuing);
    assertInTheWay(download(sized(file("/a.part"), OTHER.size())));
    assertThat(part(a())).hasSize(500 * KIB);
  }

  @Test
  void aSmallOneWithoutAJournalIsKnownToo() {
    cut(file("/s"), 2_000);
    Download row = file("/s.part");
    assertInTheWay(download(sized(row, 2_000)));
    completed(download(file("/s")));
    completed(download(row));
  }

  @Test
  void itsJournalIsNoCompleteFileEither() throws IOException {
    cut(a(), 500 * KIB);
    long size = Files.size(journal(a()));
    server.serve("/a.part.journal", new Payload(9, size));
    assertInTheWay(download(sized(file("/a.part.journal"), size)));
  }

  @ParameterizedTest
  @EnumSource(names = {"ONE_RESUMED", "FOUR_RESUMED"})
  void overwritingReplacesItAndItsJournal(Shape shape) {
    prepare(shape);
    disk(EngineFixture::overwriting);
    Download row = file("/a.part");
    completed(download(row));
    assertThat(OTHER.matches(part(a()))).isTrue();
    assertThat(journal(a())).doesNotExist();
    assertThat(download(row)).isInstanceOf(Outcome.Skipped.class);
    completed(download(a()));
    assertThat(PAYLOAD.matches(out.resolve("a"))).isTrue();
  }

  /** The user's own file, which only has such a name. */
  @Test
  void aFileWithoutAJournalIsTheUsersOwn() throws IOException {
    Files.createDirectories(out);
    OTHER.writeTo(out.resolve("a.part"));
    Files.writeString(out.resolve("a.part.journal"), "my own notes\n");
    assertThat(download(file("/a.part"))).isInstanceOf(Outcome.Skipped.class);
    assertThat(out.resolve("a.part.journal")).hasContent("my own notes\n");
  }

  @Test
  void aLookTellsItToo() throws IOException {
    cut(a(), 500 * KIB);
    server.with("/a", Fault.NONE);
    try (OutputFolder looked = OutputFolder.look(settings.disk())) {
      Placed placed = looked.place(file("/a.part").target());
      assertThat(((Placed.At) placed).existing())
          .isEqualTo(Optional.of(new Existing(true, 500 * KIB, true)));
    }
  }

  @Test
  void whatIsBesideAnotherFolderIsNotAsked() throws IOException {
    Path elsewhere = Files.createDirectories(out.resolve("sub"));
    OTHER.writeTo(elsewhere.resolve("a.part"));
    cut(a(), 500 * KIB);
    Download row = Download.of("sub/a.part", server.uri("/a.part"));
    assertThat(download(row)).isInstanceOf(Outcome.Skipped.class);
  }
}
