package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.ByteRanges.Span;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.BytesBody;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases 37 and 42, and which files are ours (case 40). */
class PartFileTest {

  private static final long LARGE = 1L << 20;
  private static final long HUGE = 8L << 20;
  private static final String BOOT = "this boot";

  @TempDir private Path folder;
  private PartRegistry ownParts;
  private PartFile part;

  @BeforeEach
  void open() throws IOException {
    ownParts = PartRegistry.open(folder.resolve("parts"));
    part = partOf("source");
  }

  @AfterEach
  void close() throws IOException {
    part.close();
    ownParts.close();
  }

  private PartFile partOf(String source) {
    Path parts = folder.resolve("sub");
    FilePaths place = FilePaths.of(parts.resolve("a"), parts);
    return new PartFile(
        place,
        new PartJournal(place.journal(), source, BOOT, true),
        ownParts,
        PartChannels.of(DiskSettings.in(folder), new DiskResources(), folder),
        new AtomicPublish(ownParts, AtomicPublish.MANY),
        closed -> {});
  }

  private static Version version(long total) {
    return new Version(
        Optional.of("\"v\""),
        Optional.empty(),
        Optional.empty(),
        total < 0 ? OptionalLong.empty() : OptionalLong.of(total));
  }

  private void write(String text, long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    try (PartChannel channel = part.openForContent()) {
      channel.transferFrom(new BytesBody(bytes), at, text.length());
    }
  }

  /** Begins a file with reserved space; skips the test if that is not possible. */
  private void beginReserved() throws IOException {
    part.begin(version(HUGE));
    write("abc", 0);
    assumeThat(part.taken()).as("space beyond a size").isGreaterThanOrEqualTo(HUGE);
    assertThat(part.remains().size()).isEqualTo(3);
  }

  private List<String> names() throws IOException {
    if (!Files.exists(folder.resolve("sub"))) {
      return List.of();
    }
    try (var files = Files.list(folder.resolve("sub"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void nothingRemainsAtFirst() throws IOException {
    assertThat(part.remains()).isEqualTo(new Remains(0, Optional.empty(), true));
    assertThat(names()).isEmpty();
  }

  @Test
  void aLargeFileHasAJournalFromItsBeginning() throws IOException {
    part.begin(version(LARGE));
    write("abc", 0);
    Remains remains = partOf("source").remains();
    assertThat(remains.size()).isEqualTo(3);
    JournalState state = remains.journal().orElseThrow();
    assertThat(state.version()).isEqualTo(version(LARGE));
    assertThat(state.boot()).isEqualTo(BOOT);
    assertThat(state.split()).isFalse();
  }

  @Test
  void aSmallFileHasNoJournal() throws IOException {
    part.begin(version(LARGE - 1));
    write("abc", 0);
    assertThat(names()).containsExactly("a.part");
  }

  @Test
  void aFileOfUnknownLengthHasAJournal() throws IOException {
    part.begin(version(-1));
    assertThat(names()).containsExactly("a.part", "a.part.journal");
  }

  @Test
  void theJournalOfAnotherSourceIsNotUsed() throws IOException {
    part.begin(version(LARGE));
    write("abc", 0);
    assertThat(partOf("another").remains()).isEqualTo(new Remains(3, Optional.empty(), true));
  }

  @Test
  void beginDiscardsEverythingBefore() throws IOException {
    part.begin(version(LARGE));
    write("abc", 0);
    part.begin(version(5));
    assertThat(names()).containsExactly("a.part");
    assertThat(part.place().part()).isEmptyFile();
  }

  @Test
  void theJournalStatesTheRangesOfASplitFile() throws IOException {
    part.begin(version(LARGE));
    write("abcde", 0);
    part.split(ByteRanges.prefix(5));
    write("xyz", 100);
    part.done(new Span(100, 103));
    JournalState state = partOf("source").remains().journal().orElseThrow();
    assertThat(state.split()).isTrue();
    assertThat(state.done()).isEqualTo(ByteRanges.prefix(5).plus(100, 103));
  }

  @Test
  void aSmallFileGetsAJournalWhenItIsSplit() throws IOException {
    part.begin(version(1000));
    part.split(ByteRanges.EMPTY);
    part.done(new Span(5, 6));
    JournalState state = Journal.load(part.place().journal()).orElseThrow();
    assertThat(state.done().list()).containsExactly(new Span(5, 6));
  }

  @Test
  void aFileWithoutAJournalHasNoRangesToNote() throws IOException {
    part.begin(version(10));
    assertThatNullPointerException().isThrownBy(() -> part.done(new Span(0, 1)));
  }

  @Test
  void syncedRangesAreNoted() throws IOException {
    part.begin(version(LARGE));
    try (FileChannel channel = part.open()) {
      channel.write(ByteBuffer.wrap(new byte[10]), 0);
      part.force(channel, ByteRanges.prefix(10));
    }
    JournalState state = Journal.load(part.place().journal()).orElseThrow();
    assertThat(state.forced()).isEqualTo(ByteRanges.prefix(10));
  }

  @Test
  void aSequentialFileIsCutToTheTrustedPart() throws IOException {
    part.begin(version(LARGE));
    write("abcdefgh", 0);
    JournalState state = part.remains().journal().orElseThrow();
    part.resume(state, ByteRanges.prefix(5), false);
    assertThat(part.place().part()).hasContent("abcde");
    assertThat(part.remains().journal().orElseThrow().done()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void aSplitFileIsCutBehindTheLastTrustedRange() throws IOException {
    part.begin(version(LARGE));
    write("abcdefgh", 0);
    JournalState state = part.remains().journal().orElseThrow();
    part.resume(state, ByteRanges.prefix(2).plus(4, 6), true);
    assertThat(part.place().part()).hasContent("abcdef");
    JournalState resumed = part.remains().journal().orElseThrow();
    assertThat(resumed.split()).isTrue();
    assertThat(resumed.done()).isEqualTo(ByteRanges.prefix(2).plus(4, 6));
  }

  @Test
  void bytesThatAreCutOffAreNotSyncedAnyMore() throws IOException {
    part.begin(version(LARGE));
    part.split(ByteRanges.EMPTY);
    write("abcdefgh", 0);
    try (FileChannel channel = part.open()) {
      part.force(channel, ByteRanges.prefix(3).plus(4, 8));
    }
    part.resume(part.remains().journal().orElseThrow(), ByteRanges.prefix(2).plus(5, 6), true);
    assertThat(part.remains().journal().orElseThrow().forced())
        .isEqualTo(ByteRanges.prefix(2).plus(5, 6));
  }

  @Test
  void resumingNotesTheBootInWhichTheNewBytesAreWritten() throws IOException {
    part.begin(version(5));
    JournalState old = JournalState.begin("source", "another boot", version(LARGE));
    part.resume(old, ByteRanges.EMPTY, false);
    assertThat(part.remains().journal().orElseThrow().boot()).isEqualTo(BOOT);
  }

  @Test
  void adoptsTheFileThatHasTheFinalName() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(part.place().target(), "abc");
    part.adoptTarget();
    Remains remains = part.remains();
    assertThat(remains.size()).isEqualTo(3);
    assertThat(remains.journal().orElseThrow().adopted()).hasValue(3);
    assertThat(remains.journal().orElseThrow().forced()).isEqualTo(ByteRanges.prefix(3));
    assertThat(part.place().target()).doesNotExist();
  }

  @Test
  void theUsersFileGetsBackItsNameAndLength() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(part.place().target(), "abc");
    part.adoptTarget();
    write("defg", 3);
    part.releaseTarget(3);
    assertThat(names()).containsExactly("a");
    assertThat(part.place().target()).hasContent("abc");
  }

  @Test
  void storesTheVersionOfAnAdoptedFile() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(part.place().target(), "abc");
    part.adoptTarget();
    part.know(version(LARGE));
    JournalState state = partOf("source").remains().journal().orElseThrow();
    assertThat(state.version()).isEqualTo(version(LARGE));
    assertThat(state.adopted()).hasValue(3);
  }

  @Test
  void theSpaceOfAnIncompleteLargeFileIsReleased() throws IOException {
    beginReserved();
    part.close();
    assertThat(part.remains().size()).isEqualTo(3);
    assertThat(part.taken()).isLessThan(HUGE);
  }

  @Test
  void aCompleteFileKeepsItsSpace() throws IOException {
    beginReserved();
    assertThat(part.publish(3, false, false)).isTrue();
    part.close();
    assertThat(part.place().target()).hasContent("abc");
    assertThat(DiskAllocation.allocated(part.place().target())).isGreaterThanOrEqualTo(HUGE);
  }

  @Test
  void aResumeReservesAgainAndCountsTheSpaceOfAKilledRun() throws IOException {
    beginReserved();
    PartFile next = partOf("source");
    assertThat(next.taken()).isGreaterThanOrEqualTo(HUGE);
    part.close();
    next.resume(next.remains().journal().orElseThrow(), ByteRanges.prefix(2), false);
    assertThat(next.remains().size()).isEqualTo(2);
    assertThat(next.taken()).isGreaterThanOrEqualTo(HUGE);
    next.close();
    assertThat(next.taken()).isLessThan(HUGE);
  }

  @Test
  void theUsersFileDoesNotKeepTheSpace() throws IOException {
    beginReserved();
    part.releaseTarget(2);
    assertThat(part.place().target()).hasContent("ab");
    assertThat(DiskAllocation.allocated(part.place().target())).isLessThan(HUGE);
  }

  @Test
  void aFileOfAFewBytesReservesNothing() throws IOException {
    part.begin(version(2 * LARGE));
    assertThat(part.taken()).isLessThan(2 * LARGE);
  }

  /** Files of the user that have the partial file's name. */
  enum Foreign {
    EMPTY,
    SMALL,
    LARGE,
    LINK,
    FOLDER;

    void make(Path part) throws IOException {
      Files.createDirectories(part.getParent());
      switch (this) {
        case EMPTY -> Files.createFile(part);
        case SMALL -> Files.writeString(part, "mine");
        case LARGE -> Files.write(part, new byte[(int) PartFileTest.LARGE]);
        case LINK -> Files.createSymbolicLink(part, Path.of("a"));
        case FOLDER -> Files.writeString(Files.createDirectory(part).resolve("b"), "mine");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForeignFileIsKeptUnderAnotherName(Foreign foreign) throws IOException {
    for (int number = 1; number <= 3; number++) {
      part = partOf("source");
      foreign.make(part.place().part());
      assertThat(part.remains().ours()).isFalse();
      part.begin(version(3));
      write("new", 0);
      part.publish(3, true, false);
    }
    assertThat(part.place().target()).hasContent("new");
    assertThat(names()).containsExactly("a", "a.part.orphan", "a.part.orphan.2", "a.part.orphan.3");
    foreign.make(part.place().part());
    for (int number = 1; number <= 3; number++) {
      assertThat(Trees.hashes(FilePaths.orphan(part.place().part(), number)))
          .isEqualTo(Trees.hashes(part.place().part()));
    }
  }

  @Test
  void theSmallPartialFileOfAKilledRunIsOurs() throws IOException {
    part.begin(version(3));
    write("ne", 0);
    part.close();
    try (PartRegistry later = PartRegistry.open(folder.resolve("parts"))) {
      PartFile next =
          new PartFile(
              part.place(),
              new PartJournal(part.place().journal(), "source", BOOT, true),
              later,
              PartChannels.of(DiskSettings.in(folder), new DiskResources(), folder),
              new AtomicPublish(later, AtomicPublish.MANY),
              closed -> {});
      assertThat(next.remains()).isEqualTo(new Remains(2, Optional.empty(), true));
      next.begin(version(3));
      next.publish(0, false, false);
    }
    assertThat(names()).containsExactly("a");
  }

  @Test
  void aFileWithTheNameOfAnEarlierPartIsNotOurs() throws IOException {
    part.begin(version(3));
    part.publish(0, false, false);
    part = partOf("source");
    Files.writeString(part.place().part(), "mine");
    assertThat(part.remains().ours()).isFalse();
    part.tidy();
    assertThat(part.place().part()).hasContent("mine");
  }

  @Test
  void afterAFailedFsyncOnlyEarlierSyncedRangesCount() throws IOException {
    part.begin(version(LARGE));
    try (FileChannel channel = part.open()) {
      channel.write(ByteBuffer.wrap(new byte[20]), 0);
      part.force(channel, ByteRanges.prefix(10));
    }
    part.keepForced();
    assertThat(part.place().part()).hasSize(10);
    assertThat(part.remains().journal().orElseThrow().done()).isEqualTo(ByteRanges.prefix(10));
  }

  @Test
  void afterAFailedFirstFsyncNothingCounts() throws IOException {
    part.begin(version(LARGE));
    write("abc", 0);
    part.keepForced();
    assertThat(names()).isEmpty();
  }

  @Test
  void aFailedFsyncHasItsOwnException() throws IOException {
    part.begin(version(LARGE));
    FileChannel closed = part.open();
    closed.close();
    assertThatExceptionOfType(FsyncFailedException.class)
        .isThrownBy(() -> part.force(closed, ByteRanges.prefix(1)));
  }

  @Test
  void discardsEverything() throws IOException {
    part.begin(version(LARGE));
    write("new", 0);
    part.discard();
    assertThat(names()).isEmpty();
  }

  @Test
  void aFinishedFileLeavesNothingElse() throws IOException {
    part.begin(version(LARGE));
    write("abc", 0);
    part.split(ByteRanges.prefix(3));
    assertThat(part.publish(3, false, true)).isTrue();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void withoutReplaceBothFilesStay() throws IOException {
    part.begin(version(3));
    write("new", 0);
    Files.writeString(part.place().target(), "precious");
    assertThat(part.publish(3, false, false)).isFalse();
    assertThat(part.place().target()).hasContent("precious");
    assertThat(part.place().part()).hasContent("new");
  }

  @ParameterizedTest
  @ValueSource(longs = {3, LARGE})
  void tidiesUpAfterAKillBetweenTheRenameAndTheEnd(long size) throws IOException {
    part.begin(version(size));
    part.close();
    Files.move(part.place().part(), part.place().target());
    partOf("source").tidy();
    assertThat(names()).containsExactly("a");
    assertThat(ownParts.contains(part.place().part())).isFalse();
  }

  @Test
  void aFileWithBothNamesAfterAKillIsNotWritten() throws IOException {
    part.begin(version(LARGE));
    write("complete", 0);
    part.close();
    Files.createLink(part.place().target(), part.place().part());
    assertThat(part.remains().size()).isZero();
    part.begin(version(LARGE));
    write("x", 0);
    assertThat(part.place().target()).hasContent("complete");
  }

  @Test
  void tidiesUpAJournalThatAPowerLossEmptied() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(part.place().target(), "done");
    Files.write(part.place().journal(), new byte[100]);
    part.tidy();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void tidiesUpASecondName() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(part.place().target(), "done");
    Files.createLink(part.place().part(), part.place().target());
    part.tidy();
    assertThat(names()).containsExactly("a");
    assertThat(part.place().target()).hasContent("done");
  }

  @Test
  void tidiesUpAfterAKillBeforeTheRename() throws IOException {
    part.begin(version(LARGE));
    Files.writeString(part.place().target(), "done");
    part.close();
    partOf("source").tidy();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void aSymbolicLinkWithThePartsNameIsNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createDirectories(folder.resolve("sub"));
    Files.createSymbolicLink(part.place().part(), victim);
    assertThat(part.remains().size()).isZero();
    part.begin(version(3));
    write("new", 0);
    assertThat(victim).hasContent("precious");
    assertThat(part.place().part()).hasContent("new");
  }
}
