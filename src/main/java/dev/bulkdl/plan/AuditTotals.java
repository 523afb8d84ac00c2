package dev.bulkdl.plan;

import dev.bulkdl.model.Proof;
import java.util.EnumMap;
import java.util.Map;

/** Counts the findings of a pass. Not thread-safe. */
public final class AuditTotals {

  /** The most serious finding. */
  public enum Verdict {
    RIGHT,
    /** All files are there, and some were compared with nothing. */
    UNCHECKED,
    /** A file is missing or wrong. */
    WRONG,
    /** A file could not be read. */
    UNREADABLE
  }

  private final Map<Proof, Long> proofs = new EnumMap<>(Proof.class);
  private final Map<Proof, Long> recorded = new EnumMap<>(Proof.class);
  private long files;
  private long unchecked;
  private long otherSource;
  private long missing;
  private long noFile;
  private long wrongSize;
  private long wrongHash;
  private long badRows;
  private long unreadable;

  /** Counts one row. */
  public void add(Finding finding) {
    files++;
    switch (finding) {
      case Finding.Right right -> proofs.merge(right.proof(), 1L, Long::sum);
      case Finding.AsRecorded same -> recorded.merge(same.proof(), 1L, Long::sum);
      case Finding.Unchecked ignored -> unchecked++;
      case Finding.OtherSource ignored -> otherSource++;
      case Finding.Missing ignored -> missing++;
      case Finding.NoFile ignored -> noFile++;
      case Finding.WrongSize ignored -> wrongSize++;
      case Finding.WrongHash ignored -> wrongHash++;
      case Finding.BadRow ignored -> badRows++;
      case Finding.Unreadable ignored -> unreadable++;
    }
  }

  public Verdict verdict() {
    if (unreadable > 0) {
      return Verdict.UNREADABLE;
    }
    if (there() < files) {
      return Verdict.WRONG;
    }
    return unchecked > 0 ? Verdict.UNCHECKED : Verdict.RIGHT;
  }

  long files() {
    return files;
  }

  /** The files that are there, and in which nothing wrong was found. */
  long there() {
    return sum(proofs) + sum(recorded) + unchecked;
  }

  private static long sum(Map<Proof, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The files that the inventory's record proves by this. */
  long recorded(Proof proof) {
    return recorded.getOrDefault(proof, 0L);
  }

  long unchecked() {
    return unchecked;
  }

  long otherSource() {
    return otherSource;
  }

  long proven(Proof proof) {
    return proofs.getOrDefault(proof, 0L);
  }

  long missing() {
    return missing;
  }

  long noFile() {
    return noFile;
  }

  long wrongSize() {
    return wrongSize;
  }

  long wrongHash() {
    return wrongHash;
  }

  long badRows() {
    return badRows;
  }

  long unreadable() {
    return unreadable;
  }
}
