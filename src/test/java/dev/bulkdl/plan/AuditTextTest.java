package dev.bulkdl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Proof;
import dev.bulkdl.plan.AuditTotals.Verdict;
import org.junit.jupiter.api.Test;

class AuditTextTest {

  private final AuditTotals totals = new AuditTotals();

  @Test
  void aRowSaysWhatWasFound() {
    assertThat(row(new Finding.Right(Proof.SHA256))).isEqualTo("a\tok: sha256");
    assertThat(row(new Finding.Right(Proof.LENGTH))).isEqualTo("a\tok: length");
    assertThat(row(new Finding.Unchecked())).isEqualTo("a\tthere, not checked");
    assertThat(row(new Finding.Missing())).isEqualTo("a\tmissing");
    assertThat(row(new Finding.NoFile())).isEqualTo("a\tnot a file");
    assertThat(row(new Finding.WrongSize(3, 4))).isEqualTo("a\twrong size: 3 bytes, expected 4");
    assertThat(row(new Finding.WrongHash("md5 is x"))).isEqualTo("a\twrong hash: md5 is x");
    assertThat(row(new Finding.BadRow("no"))).isEqualTo("a\tbad row: no");
    assertThat(row(new Finding.Unreadable("no"))).isEqualTo("a\tunreadable: no");
  }

  @Test
  void noNameCommandsTheTerminal() {
    assertThat(AuditText.row("a\u202eb", new Finding.Missing())).isEqualTo("a\\u202eb\tmissing");
  }

  @Test
  void totalsOfRightFilesCountProofs() {
    add(new Finding.Right(Proof.LENGTH), new Finding.Right(Proof.SHA1));
    add(new Finding.AsRecorded(Proof.SHA256), new Finding.Right(Proof.LENGTH));
    assertThat(AuditText.totals(totals))
        .containsExactly("files      4 there: 1 sha1, 2 length, 1 sha256 by the inventory");
    assertThat(totals.verdict()).isEqualTo(Verdict.RIGHT);
    add(new Finding.Unchecked());
    assertThat(AuditText.totals(totals))
        .containsExactly(
            "files      5 there: 1 sha1, 2 length, 1 sha256 by the inventory, 1 not checked");
    assertThat(totals.verdict()).isEqualTo(Verdict.UNCHECKED);
  }

  @Test
  void totalsOfProblemsCountTheirKinds() {
    add(new Finding.Right(Proof.MD5), new Finding.Missing(), new Finding.Missing());
    add(new Finding.NoFile(), new Finding.WrongSize(1, 2), new Finding.WrongHash("x"));
    add(new Finding.BadRow("x"));
    assertThat(totals.verdict()).isEqualTo(Verdict.WRONG);
    add(new Finding.Unreadable("x"));
    assertThat(totals.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(AuditText.totals(totals))
        .containsExactly(
            "files      1 of 8 there: 1 md5",
            "problems   2 missing, 1 not a file, 1 wrong size, 1 wrong hash, 1 bad rows,"
                + " 1 unreadable");
  }

  private void add(Finding... findings) {
    for (Finding finding : findings) {
      totals.add(finding);
    }
  }

  private static String row(Finding finding) {
    return AuditText.row("a", finding);
  }
}
