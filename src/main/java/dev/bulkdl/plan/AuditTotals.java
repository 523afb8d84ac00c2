package dev.bulkdl.plan;

import dev.bulkdl.model.Proof;
import java.util.EnumMap;
import java.util.Map;

/** Counts the findings of a pass. Not thread-safe. */
public final class AuditTotals {

  /** The most serious finding. */
  public enum Verdict {
    RIGHT,
    /** A file is missing or wrong. */
    WRONG,
    /** A file could not be read. */
    UNREADABLE
  }

  private final Map<Proof, Long> proofs = new EnumMap<>(Proof.class);
  private long files;
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
    return right() == files ? Verdict.RIGHT : Verdict.WRONG;
  }

  long files() {
    return files;
  }

  long right() {
    return proofs.values().stream().mapToLong(Long::longValue).sum();
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
