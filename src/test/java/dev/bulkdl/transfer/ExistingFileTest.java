package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.transfer.ExistingFile.Facts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingFileTest {

  private static DiskSettings settings(String flags) {
    return DiskSettings.in(Path.of("out"))
        .with(
            new ExistingPolicy(
                flags.contains("overwrite"),
                flags.contains("continue"),
                flags.contains("verify"),
                flags.contains("trust"),
                flags.contains("news")));
  }

  /** A size of -1 means unknown. */
  private static ExistingFile of(long here, long wanted, boolean hashed, String flags) {
    return ExistingFile.of(facts(here, wanted, hashed), settings(flags));
  }

  private static Facts facts(long here, long wanted, boolean hashed) {
    return new Facts(
        Optional.of(new Existing(true, here)),
        size(wanted),
        hashed ? Optional.of(Proof.SHA256) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Version.UNKNOWN,
        Optional.empty());
  }

  private static SizeProbe.Length lengthOf(long bytes) {
    return bytes < 0
        ? new SizeProbe.Untold(RangeSupport.UNKNOWN)
        : new SizeProbe.Told(bytes, RangeSupport.UNKNOWN);
  }

  private static OptionalLong size(long bytes) {
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    // size here, size in the manifest, a hash, options, decision
    "10, 10, false, -, Whole",
    "10, 10, true, -, Whole",
    "10, 10, true, verify, NeedsHash",
    "10, 10, false, verify, Whole",
    "10, 10, true, verify overwrite, NeedsHash",
    "10, -1, true, verify, NeedsHash",
    "10, 20, true, verify, InTheWay",
    "10, 20, true, verify continue, ToContinue",
    "10, -1, false, -, NeedsLength",
    "10, -1, true, -, NeedsLength",
    "10, -1, false, overwrite continue, NeedsLength",
    "10, 20, false, -, InTheWay",
    "20, 10, false, -, InTheWay",
    "10, 20, false, overwrite, ToReplace",
    "20, 10, false, overwrite, ToReplace",
    "10, 20, false, continue, ToContinue",
    "10, 20, false, continue overwrite, ToContinue",
    "20, 10, false, continue, InTheWay",
    "20, 10, false, continue overwrite, ToReplace",
    "0, 0, false, -, Whole",
    "0, 10, false, continue, ToContinue",
    "0, 10, false, -, InTheWay",
  })
  void isJudgedBySizeUnlessAHashIsUsed(
      long here, long wanted, boolean hashed, String flags, String meaning) {
    assertThat(of(here, wanted, hashed, flags).getClass().getSimpleName()).isEqualTo(meaning);
  }

  @Test
  void aMissingFileIsAbsent() {
    Facts nothing =
        new Facts(
            Optional.empty(),
            size(10),
            Optional.of(Proof.SHA256),
            Optional.empty(),
            Optional.empty(),
            Version.UNKNOWN,
            Optional.empty());
    assertThat(ExistingFile.of(nothing, settings("verify overwrite")))
        .isEqualTo(new ExistingFile.Absent());
  }

  @ParameterizedTest
  @CsvSource({"-", "overwrite", "continue", "verify overwrite continue"})
  void aFolderIsNeverTouched(String flags) {
    Facts folder =
        new Facts(
            Optional.of(new Existing(false, 0)),
            size(0),
            Optional.of(Proof.SHA256),
            Optional.empty(),
            Optional.empty(),
            Version.UNKNOWN,
            Optional.empty());
    ExistingFile presence = ExistingFile.of(folder, settings(flags));
    assertThat(presence)
        .isInstanceOfSatisfying(
            ExistingFile.InTheWay.class,
            inTheWay -> assertThat(inTheWay.failure()).isInstanceOf(Failure.Disk.class));
  }

  @Test
  void theMessageNamesTheOptionsThatHelp() {
    assertThat(failure(of(10, 20, false, "-")).text())
        .contains("it has 10 bytes, 20 are expected", "--overwrite", "--continue-existing");
    assertThat(failure(of(20, 10, false, "-")).text())
        .contains("--overwrite")
        .doesNotContain("--continue-existing");
  }

  @ParameterizedTest
  @CsvSource({
    // size here, size on the server, options, decision
    "10, 10, -, Whole",
    "10, 20, -, InTheWay",
    "10, 20, overwrite, ToReplace",
    "10, 20, continue, ToContinue",
    "20, 10, continue, InTheWay",
    "10, -1, -, InTheWay",
    "10, -1, continue, InTheWay",
    "10, -1, overwrite, ToReplace",
    "0, 0, -, Whole",
  })
  void theServersLengthDecidesIfTheManifestGivesNone(
      long here, long remote, String flags, String meaning) {
    ExistingFile presence =
        ExistingFile.of(facts(here, -1, false).withAnswer(lengthOf(remote)), settings(flags));
    assertThat(presence.getClass().getSimpleName()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    // size here, size in the manifest, size on the server, options, decision after a wrong hash
    "10, 10, , verify, InTheWay",
    "10, 10, , verify continue, InTheWay",
    "10, 10, , verify overwrite, ToReplace",
    "10, -1, , verify, InTheWay",
    "10, -1, , verify overwrite, ToReplace",
    "10, -1, , verify continue, NeedsLength",
    "10, -1, 10, verify continue, InTheWay",
    "10, -1, 10, verify continue overwrite, ToReplace",
    "10, -1, 20, verify continue, ToContinue",
    "10, -1, -1, verify continue, InTheWay",
    "10, -1, -1, verify continue overwrite, ToReplace",
  })
  void aFileWithAnotherHashIsReplacedOrCompletedOnlyIfAllowed(
      long here, long wanted, Long remote, String flags, String meaning) {
    Facts facts = facts(here, wanted, true).withHash(false);
    facts = remote == null ? facts : facts.withAnswer(lengthOf(remote));
    assertThat(ExistingFile.of(facts, settings(flags)).getClass().getSimpleName())
        .isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({"continue, InTheWay", "continue overwrite, ToReplace"})
  void aBeginningCannotBeUsedWithoutRanges(String flags, String meaning) {
    SizeProbe.Length remote = new SizeProbe.Told(20, RangeSupport.REFUSED);
    Facts facts = facts(10, -1, false).withAnswer(remote);
    assertThat(ExistingFile.of(facts, settings(flags)).getClass().getSimpleName())
        .isEqualTo(meaning);
    ExistingFile.ToContinue sized = (ExistingFile.ToContinue) of(10, 20, false, flags);
    assertThat(sized.under(RangeSupport.REFUSED, settings(flags)).getClass().getSimpleName())
        .isEqualTo(meaning);
    assertThat(sized.under(RangeSupport.UNKNOWN, settings(flags))).isEqualTo(sized);
  }

  @Test
  void aFileWithTheRightHashIsWholeByThatProof() {
    assertThat(ExistingFile.of(facts(10, -1, true).withHash(true), settings("verify")))
        .isEqualTo(new ExistingFile.Whole(10, Proof.SHA256));
    assertThat(of(10, 10, true, "-")).isEqualTo(new ExistingFile.Whole(10, Proof.LENGTH));
  }

  @Test
  void aServerThatRefusesLeavesTheFileAlone() {
    Failure failure = new Failure.Http(404, "404", Optional.empty());
    Facts facts = facts(10, -1, false).withAnswer(new SizeProbe.Refused(failure));
    assertThat(ExistingFile.of(facts, settings("overwrite continue")))
        .isEqualTo(new ExistingFile.Unanswered(failure));
  }

  @Test
  void theMessageNamesTheDifference() {
    Facts unknown = facts(10, -1, false).withAnswer(lengthOf(-1));
    assertThat(failure(ExistingFile.of(unknown, settings("-"))).text())
        .contains("the server does not state the length of its file", "--overwrite");
    Facts wrong = facts(10, 10, true).withHash(false);
    assertThat(failure(ExistingFile.of(wrong, settings("verify"))).text())
        .contains("its hash differs");
  }

  private static Failure failure(ExistingFile presence) {
    return ((ExistingFile.InTheWay) presence).failure();
  }

  private static Facts recorded(boolean sameUrl, String etag, boolean hashed) {
    return facts(10, -1, hashed)
        .withRecorded(
            Optional.of(
                new Recorded(
                    "http://h/other?id=1",
                    sameUrl,
                    Optional.of(etag).filter(tag -> !tag.isEmpty()),
                    Optional.empty(),
                    List.of())));
  }

  private static Version tagged(String etag) {
    return Version.UNKNOWN.withEtag(Optional.of(etag));
  }

  @ParameterizedTest
  @CsvSource({
    // from the same URL, recorded ETag, hash in the list, options, decision
    "false, '', false, -, InTheWay",
    "false, '', false, trust, NeedsLength",
    "false, '', false, overwrite, ToReplace",
    "false, '', true, -, NeedsHash",
    "false, '\"a\"', false, -, NeedsLength",
    "false, 'W/\"a\"', false, -, InTheWay",
    "true, '\"a\"', false, -, NeedsLength",
    "true, '\"a\"', false, news, NeedsLength",
    "true, '', false, news, NeedsLength",
  })
  void theUrlThatAFileCameFromCounts(
      boolean sameUrl, String etag, boolean hashed, String flags, String decision) {
    ExistingFile found = ExistingFile.of(recorded(sameUrl, etag, hashed), settings(flags));
    assertThat(found.getClass().getSimpleName()).isEqualTo(decision);
  }

  @Test
  void aConflictNamesTheOtherUrlAndTheWaysOut() {
    assertThat(failure(ExistingFile.of(recorded(false, "", false), settings("-"))).text())
        .contains("http://h/other?id=1", "another name", "--overwrite", "--trust-size");
  }

  @Test
  void anEqualStrongTagProvesAFileFromAnotherUrl() {
    Facts asked = recorded(false, "\"a\"", false);
    assertThat(ExistingFile.of(asked.withAnswer(lengthOf(10), tagged("\"a\"")), settings("-")))
        .isEqualTo(new ExistingFile.Whole(10, Proof.ETAG));
    assertThat(ExistingFile.of(asked.withAnswer(lengthOf(10), tagged("\"b\"")), settings("-")))
        .isInstanceOf(ExistingFile.InTheWay.class);
  }

  @Test
  void conditionsAreSentOnlyWhereTheUserAsksForNews() {
    Facts known = recorded(true, "\"a\"", false);
    assertThat(ExistingFile.of(known, settings("-")))
        .isEqualTo(new ExistingFile.NeedsLength(false));
    assertThat(ExistingFile.of(known, settings("news")))
        .isEqualTo(new ExistingFile.NeedsLength(true));
  }

  @Test
  void anUnchangedFileIsKeptAndAChangedOneIsReplaced() {
    Facts known = recorded(true, "\"a\"", false);
    assertThat(ExistingFile.of(known.withAnswer(new SizeProbe.Unchanged()), settings("news")))
        .isEqualTo(new ExistingFile.Whole(10, Proof.ETAG));
    assertThat(ExistingFile.of(known.withAnswer(lengthOf(10), tagged("\"a\"")), settings("news")))
        .isEqualTo(new ExistingFile.Whole(10, Proof.ETAG));
    assertThat(ExistingFile.of(known.withAnswer(lengthOf(10), tagged("\"b\"")), settings("news")))
        .isEqualTo(new ExistingFile.ToReplace());
    assertThat(ExistingFile.of(known.withAnswer(lengthOf(11), tagged("\"a\"")), settings("news")))
        .isEqualTo(new ExistingFile.ToReplace());
  }
}
