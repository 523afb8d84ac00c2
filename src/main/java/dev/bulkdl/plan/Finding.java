package dev.bulkdl.plan;

import dev.bulkdl.model.Proof;

/** The result of the check of one row's file. */
public sealed interface Finding {

  /**
   * Size and hashes of the manifest match.
   *
   * @param proof the strongest of them; {@link Proof#NONE} if the manifest gives none
   */
  record Right(Proof proof) implements Finding {}

  /** The file does not exist, or is not complete. */
  record Missing() implements Finding {}

  /** Something that is not a file has the name. */
  record NoFile() implements Finding {}

  /**
   * The size is wrong.
   *
   * @param size the size of the file in bytes
   * @param wanted the size in the manifest
   */
  record WrongSize(long size, long wanted) implements Finding {}

  /**
   * A hash is wrong.
   *
   * @param difference names the hash, its value and the expected value
   */
  record WrongHash(String difference) implements Finding {}

  /** The row is invalid, or its name leads out of the folder. */
  record BadRow(String reason) implements Finding {}

  /** The file could not be read. */
  record Unreadable(String reason) implements Finding {}

  /** Whether the file is right. */
  default boolean isRight() {
    return this instanceof Right;
  }
}
