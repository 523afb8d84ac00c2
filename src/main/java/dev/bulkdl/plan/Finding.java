package dev.bulkdl.plan;

import dev.bulkdl.model.Proof;

/** What a look at one row's file showed. */
public sealed interface Finding {

  /** All that the manifest says holds; {@link Proof#NONE} where it says nothing. */
  record Right(Proof proof) implements Finding {}

  /** There is none. */
  record Missing() implements Finding {}

  /** Something else has the name. */
  record NoFile() implements Finding {}

  /** It has {@code size} bytes. */
  record WrongSize(long size, long wanted) implements Finding {}

  /**
   * It has another content; {@code difference} names the hash, what it is and what it should be.
   */
  record WrongHash(String difference) implements Finding {}

  /** The row itself cannot be had: a bad one, or a name that leads out of the folder. */
  record BadRow(String reason) implements Finding {}

  /** The disk did not let us look. */
  record Unreadable(String reason) implements Finding {}

  /** Whether the file is as it should be. */
  default boolean isRight() {
    return this instanceof Right;
  }
}
