package dev.bulkdl.plan;

import dev.bulkdl.model.Proof;
import dev.bulkdl.text.Redaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Formats findings as lines, with fields separated by tabs. All text is redacted and printable.
 * Pure.
 */
public final class AuditText {

  private AuditText() {}

  /** Returns a row's name and finding, separated by a tab. */
  public static String row(String name, Finding finding) {
    return Redaction.printable(name) + "\t" + text(finding);
  }

  private static String text(Finding finding) {
    return switch (finding) {
      case Finding.Right right -> right(right.proof());
      case Finding.Missing ignored -> "missing";
      case Finding.NoFile ignored -> "not a file";
      case Finding.WrongSize size ->
          "wrong size: " + size.size() + " bytes, expected " + size.wanted();
      case Finding.WrongHash hash -> "wrong hash: " + hash.difference();
      case Finding.BadRow bad -> "bad row: " + Redaction.of(bad.reason());
      case Finding.Unreadable unreadable -> "unreadable: " + Redaction.of(unreadable.reason());
    };
  }

  private static String right(Proof proof) {
    return proof == Proof.NONE ? "there, nothing to check against" : "ok: " + proof.label();
  }

  /** Returns the lines of the totals. */
  public static List<String> totals(AuditTotals totals) {
    List<String> lines = new ArrayList<>();
    lines.add(line("files", totals.right() + " of " + totals.files() + " are right"));
    if (totals.right() > 0) {
      lines.add(line("proven by", proofs(totals)));
    }
    if (totals.right() < totals.files()) {
      lines.add(line("problems", problems(totals)));
    }
    return List.copyOf(lines);
  }

  private static String proofs(AuditTotals totals) {
    return Arrays.stream(Proof.values())
        .filter(proof -> totals.proven(proof) > 0)
        .map(proof -> proof.label() + " " + totals.proven(proof))
        .collect(Collectors.joining(", "));
  }

  private static String problems(AuditTotals totals) {
    List<String> parts = new ArrayList<>();
    add(parts, totals.missing(), "missing");
    add(parts, totals.noFile(), "not a file");
    add(parts, totals.wrongSize(), "wrong size");
    add(parts, totals.wrongHash(), "wrong hash");
    add(parts, totals.badRows(), "bad rows");
    add(parts, totals.unreadable(), "unreadable");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String label) {
    if (count > 0) {
      parts.add(count + " " + label);
    }
  }

  private static String line(String label, String text) {
    return String.format("%-10s %s", label, text);
  }
}
