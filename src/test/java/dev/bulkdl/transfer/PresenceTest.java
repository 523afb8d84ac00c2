package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.SyncPolicy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceTest {

  private static DiskSettings settings(String flags) {
    return new DiskSettings(
        Path.of("out"),
        Optional.empty(),
        flags.contains("overwrite"),
        flags.contains("continue"),
        flags.contains("verify"),
        false,
        SyncPolicy.LARGE);
  }

  /** A size of -1 is one that is not known. */
  private static Presence of(long there, long wanted, boolean hashed, String flags) {
    return Presence.of(
        Optional.of(new Existing(true, there)), size(wanted), hashed, settings(flags));
  }

  private static OptionalLong size(long bytes) {
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    // there, wanted, a hash, options, what it means
    "10, 10, false, -, Whole",
    "10, 10, true, -, Whole",
    "10, 10, true, verify, ToHash",
    "10, 10, false, verify, Whole",
    "10, 10, true, verify overwrite, ToHash",
    "10, -1, true, verify, ToHash",
    "10, 20, true, verify, InTheWay",
    "10, 20, true, verify continue, ToContinue",
    "10, -1, false, -, ToCompare",
    "10, -1, true, -, ToCompare",
    "10, -1, false, overwrite continue, ToCompare",
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
  void isJudgedBySizeUnlessAHashIsToTell(
      long there, long wanted, boolean hashed, String flags, String meaning) {
    assertThat(of(there, wanted, hashed, flags).getClass().getSimpleName()).isEqualTo(meaning);
  }

  @Test
  void nothingIsInTheWayOfAFileThatIsNotThere() {
    assertThat(Presence.of(Optional.empty(), size(10), true, settings("verify overwrite")))
        .isEqualTo(new Presence.Absent());
  }

  @ParameterizedTest
  @CsvSource({"-", "overwrite", "continue", "verify overwrite continue"})
  void whatIsNoFileIsNeverTouched(String flags) {
    Presence presence =
        Presence.of(Optional.of(new Existing(false, 0)), size(0), true, settings(flags));
    assertThat(presence)
        .isInstanceOfSatisfying(
            Presence.InTheWay.class,
            inTheWay -> assertThat(inTheWay.failure()).isInstanceOf(Failure.Disk.class));
  }

  @Test
  void whatIsInTheWayNamesTheOptionsThatHelp() {
    assertThat(failure(of(10, 20, false, "-")).text())
        .contains("10 bytes are there, 20 are wanted", "--overwrite", "--continue-existing");
    assertThat(failure(of(20, 10, false, "-")).text())
        .contains("--overwrite")
        .doesNotContain("--continue-existing");
  }

  @ParameterizedTest
  @CsvSource({
    "10, -1, -, InTheWay",
    "10, -1, continue, InTheWay",
    "10, -1, overwrite, ToReplace",
    "10, 10, continue, InTheWay",
    "10, 10, overwrite, ToReplace",
    "10, 20, continue, ToContinue",
  })
  void aFileOfOtherContentIsReplacedOrCompletedOnlyWhenTold(
      long there, long wanted, String flags, String meaning) {
    Presence presence = Presence.ofOther(there, size(wanted), settings(flags));
    assertThat(presence.getClass().getSimpleName()).isEqualTo(meaning);
  }

  private static Failure failure(Presence presence) {
    return ((Presence.InTheWay) presence).failure();
  }
}
