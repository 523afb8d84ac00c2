package dev.bulkdl.plan;

import dev.bulkdl.model.Proof;
import dev.bulkdl.text.Redaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
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
      case Finding.Right right -> "ok: " + right.proof().label();
      case Finding.AsRecorded same -> "ok: " + same.proof().label() + " by the inventory";
      case Finding.Unchecked ignored -> "there, not checked";
      case Finding.OtherSource other ->
          "from another URL: " + Redaction.of(other.url()) + "; the row asks for a different one";
      case Finding.Missing ignored -> "missing";
      case Finding.NoFile ignored -> "not a file";
      case Finding.WrongSize size ->
          "wrong size: " + size.size() + " bytes, expected " + size.wanted();
      case Finding.WrongHash hash -> "wrong hash: " + hash.difference();
      case Finding.BadRow bad -> "bad row: " + Redaction.of(bad.reason());
      case Finding.Unreadable unreadable -> "unreadable: " + Redaction.of(unreadable.reason());
    };
  }

  /** Returns a row's fields for JSON. The name is exact. */
  public static Map<String, Object> fields(String name, Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("state", state(finding));
    switch (finding) {
      case Finding.Right right -> putProof(fields, right.proof(), "list");
      case Finding.AsRecorded same -> putProof(fields, same.proof(), "inventory");
      default -> fields.put("text", text(finding));
    }
    return fields;
  }

  private static void putProof(Map<String, Object> fields, Proof proof, String by) {
    fields.put("proof", proof.label());
    fields.put("by", by);
  }

  private static String state(Finding finding) {
    return switch (finding) {
      case Finding.Right ignored -> "ok";
      case Finding.AsRecorded ignored -> "ok";
      case Finding.Unchecked ignored -> "notChecked";
      case Finding.OtherSource ignored -> "otherUrl";
      case Finding.Missing ignored -> "missing";
      case Finding.NoFile ignored -> "notAFile";
      case Finding.WrongSize ignored -> "wrongSize";
      case Finding.WrongHash ignored -> "wrongHash";
      case Finding.BadRow ignored -> "badRow";
      case Finding.Unreadable ignored -> "unreadable";
    };
  }

  /** Returns the totals for JSON. */
  public static Map<String, Object> fields(AuditTotals totals) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("files", totals.files());
    fields.put("there", totals.there());
    fields.put("byList", counts(totals::proven));
    fields.put("byInventory", counts(totals::recorded));
    fields.put("notChecked", totals.unchecked());
    fields.put("missing", totals.missing());
    fields.put("notAFile", totals.noFile());
    fields.put("wrongSize", totals.wrongSize());
    fields.put("wrongHash", totals.wrongHash());
    fields.put("otherUrl", totals.otherSource());
    fields.put("badRows", totals.badRows());
    fields.put("unreadable", totals.unreadable());
    return fields;
  }

  private static Map<String, Object> counts(ToLongFunction<Proof> counts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Proof proof : Proof.values()) {
      if (counts.applyAsLong(proof) > 0) {
        fields.put(proof.label(), counts.applyAsLong(proof));
      }
    }
    return fields;
  }

  /** Returns the lines of the totals. */
  public static List<String> totals(AuditTotals totals) {
    List<String> lines = new ArrayList<>();
    lines.add(line("files", files(totals)));
    if (totals.there() < totals.files()) {
      lines.add(line("problems", problems(totals)));
    }
    return List.copyOf(lines);
  }

  private static String files(AuditTotals totals) {
    List<String> parts = proofs(totals::proven, "");
    parts.addAll(proofs(totals::recorded, " by the inventory"));
    add(parts, totals.unchecked(), "not checked");
    String there =
        totals.there() == totals.files()
            ? totals.files() + " there"
            : totals.there() + " of " + totals.files() + " there";
    return parts.isEmpty() ? there : there + ": " + String.join(", ", parts);
  }

  private static List<String> proofs(ToLongFunction<Proof> counts, String by) {
    return Arrays.stream(Proof.values())
        .filter(proof -> counts.applyAsLong(proof) > 0)
        .map(proof -> counts.applyAsLong(proof) + " " + proof.label() + by)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Returns the advice for files that were compared with nothing. */
  public static String advice(AuditTotals totals) {
    return totals.unchecked()
        + " files were not checked: neither the list nor the inventory has a hash or a size of them;"
        + " download with --hash sha256, or accept them with --allow-unchecked";
  }

  private static String problems(AuditTotals totals) {
    List<String> parts = new ArrayList<>();
    add(parts, totals.missing(), "missing");
    add(parts, totals.noFile(), "not a file");
    add(parts, totals.wrongSize(), "wrong size");
    add(parts, totals.wrongHash(), "wrong hash");
    add(parts, totals.otherSource(), "from another URL");
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
