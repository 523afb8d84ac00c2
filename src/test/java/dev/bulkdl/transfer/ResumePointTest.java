package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.JournalState;
import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResumePointTest {

  private static final String BOOT = "this boot";
  private static final String EARLIER = "another boot";
  private static final ByteRanges HOLES = ByteRanges.prefix(100).plus(500, 600);

  private static JournalState sequential(Version version) {
    return JournalState.begin("source", BOOT, version);
  }

  private static JournalState split(Version version, ByteRanges done) {
    return new JournalState(
        "source", BOOT, version, OptionalLong.empty(), true, done, ByteRanges.EMPTY);
  }

  private static JournalState earlierBoot(JournalState state, ByteRanges forced) {
    return new JournalState(
        state.source(),
        EARLIER,
        state.version(),
        state.adopted(),
        state.split(),
        state.done(),
        forced);
  }

  private static JournalState adopted(Version version) {
    return new JournalState(
        "source", BOOT, version, OptionalLong.of(300), false, ByteRanges.EMPTY, ByteRanges.EMPTY);
  }

  private static ResumePoint of(long size, JournalState journal) {
    return of(size, journal, false, false);
  }

  private static ResumePoint of(long size, JournalState journal, boolean hashed, boolean trust) {
    return ResumePoint.of(
        new Remains(size, Optional.ofNullable(journal), true), BOOT, hashed, trust);
  }

  private static void assertContinues(ResumePoint point, ByteRanges done, boolean asSplit) {
    assertThat(point)
        .isInstanceOfSatisfying(
            ResumePoint.Continue.class,
            on -> {
              assertThat(on.done()).isEqualTo(done);
              assertThat(on.asSplit()).isEqualTo(asSplit);
            });
  }

  private static void assertFresh(ResumePoint point, long discarded) {
    assertThat(point)
        .isInstanceOfSatisfying(
            ResumePoint.Fresh.class, fresh -> assertThat(fresh.discarded()).isEqualTo(discarded));
  }

  @Test
  void startsFreshWithoutAPartialFile() {
    assertThat(of(0, null)).isEqualTo(ResumePoint.fresh());
    assertThat(of(0, sequential(Versions.strong(1000)))).isEqualTo(ResumePoint.fresh());
  }

  @Test
  void doesNotTrustAPartWithoutAJournal() {
    assertFresh(of(400, null), 400);
    assertFresh(of(400, null, true, true), 400);
  }

  @Test
  void statesWhetherTheExistingFileIsOurs() {
    for (boolean ours : new boolean[] {true, false}) {
      Remains remains = new Remains(400, Optional.empty(), ours);
      assertThat(ResumePoint.of(remains, BOOT, true, true))
          .isInstanceOfSatisfying(
              ResumePoint.Fresh.class, fresh -> assertThat(fresh.ours()).isEqualTo(ours));
    }
  }

  @Test
  void theSizeOfASequentialPartIsTheResumePoint() {
    assertContinues(of(400, sequential(Versions.strong(1000))), ByteRanges.prefix(400), false);
  }

  @Test
  void aSplitPartHasTheRangesOfItsJournal() {
    assertContinues(of(1000, split(Versions.strong(1000), HOLES)), HOLES, true);
  }

  @Test
  void aSplitPartWithoutAHoleStaysSplit() {
    ByteRanges prefix = ByteRanges.prefix(100);
    assertContinues(of(1000, split(Versions.strong(1000), prefix)), prefix, true);
  }

  @Test
  void aJournalThatClaimsMoreThanTheFileIsNotTrusted() {
    ByteRanges there = ByteRanges.prefix(100).plus(500, 550);
    assertContinues(of(550, split(Versions.strong(1000), HOLES)), there, true);
    assertContinues(of(50, split(Versions.strong(1000), HOLES)), ByteRanges.prefix(50), true);
  }

  @Test
  void aPartThatIsLongerThanTheRemoteFileIsNotTrusted() {
    assertContinues(of(1500, sequential(Versions.strong(1000))), ByteRanges.prefix(999), false);
    ByteRanges beyond = ByteRanges.prefix(100).plus(900, 1500);
    assertContinues(
        of(1500, split(Versions.strong(1000), beyond)),
        ByteRanges.prefix(100).plus(900, 1000),
        true);
  }

  @Test
  void aCompletePartRequestsItsLastByteAgain() {
    assertContinues(of(1000, sequential(Versions.strong(1000))), ByteRanges.prefix(999), false);
    assertContinues(
        of(1000, split(Versions.strong(1000), ByteRanges.prefix(1000))),
        ByteRanges.prefix(999),
        true);
  }

  @Test
  void afterARebootOnlySyncedBytesCount() {
    JournalState journal = sequential(Versions.strong(1000));
    assertContinues(
        of(400, earlierBoot(journal, ByteRanges.prefix(256))), ByteRanges.prefix(256), false);
    assertFresh(of(400, earlierBoot(journal, ByteRanges.EMPTY)), 400);
    assertContinues(
        of(200, earlierBoot(journal, ByteRanges.prefix(256))), ByteRanges.prefix(200), false);
  }

  @Test
  void afterARebootASplitPartHasItsSyncedRanges() {
    JournalState journal = split(Versions.strong(1000), HOLES);
    ByteRanges forced = ByteRanges.prefix(10).plus(500, 510);
    assertContinues(of(1000, earlierBoot(journal, forced)), forced, true);
    assertFresh(of(1000, earlierBoot(journal, ByteRanges.EMPTY)), 1000);
  }

  @Test
  void syncedRangesWithAHoleMakeASequentialPartSplit() {
    JournalState journal = sequential(Versions.strong(1000));
    assertContinues(of(600, earlierBoot(journal, HOLES)), HOLES, true);
  }

  @Test
  void aSplitPartWithoutNotedRangesStartsAgain() {
    assertFresh(of(1000, split(Versions.strong(1000), ByteRanges.EMPTY)), 1000);
  }

  @Test
  void aStrongDateIsAValidatorToo() {
    assertContinues(
        of(400, sequential(Versions.dated(Versions.MODIFIED, 1000))),
        ByteRanges.prefix(400),
        false);
  }

  @Test
  void withoutAValidatorTheFileStartsAgain() {
    assertFresh(of(400, sequential(Versions.none(1000))), 400);
    assertFresh(of(400, sequential(Versions.tagged("W/\"v1\"", 1000))), 400);
    assertFresh(of(400, sequential(Versions.dated(Versions.LATER, 1000))), 400);
    assertFresh(of(400, sequential(Version.UNKNOWN)), 400);
  }

  @Test
  void aHashReplacesAValidator() {
    assertContinues(
        of(400, sequential(Versions.none(1000)), true, false), ByteRanges.prefix(400), false);
  }

  @Test
  void trustSizeReplacesAValidatorIfTheTotalIsKnown() {
    assertContinues(
        of(400, sequential(Versions.none(1000)), false, true), ByteRanges.prefix(400), false);
    assertFresh(of(400, sequential(Versions.none(-1)), false, true), 400);
  }

  @Test
  void encodedContentIsContinuedWithItsTag() {
    assertContinues(of(400, sequential(Versions.encoded(1000))), ByteRanges.prefix(400), false);
    Version untagged = Versions.encoded(1000).withEtag(Optional.empty());
    assertFresh(of(400, sequential(untagged)), 400);
    assertContinues(of(400, sequential(untagged), true, false), ByteRanges.prefix(400), false);
  }

  @Test
  void anAdoptedFileIsContinuedWithoutAValidator() {
    assertContinues(of(400, adopted(Version.UNKNOWN)), ByteRanges.prefix(400), false);
  }

  @Test
  void namesTheReasonWhyNothingCanBeUsed() {
    assertThat(of(400, null)).hasFieldOrPropertyWithValue("reason", "it has no usable journal");
    assertThat(of(0, null)).hasFieldOrPropertyWithValue("reason", "");
  }
}
