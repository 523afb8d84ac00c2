package dev.bulkdl.plan;

import dev.bulkdl.model.Proof;

/** The result of the check of one row's file. */
public sealed interface Finding {

  /**
   * Size and hashes of the manifest match.
   *
   * @param proof the strongest of them
   */
  record Right(Proof proof) implements Finding {}

  /**
   * The manifest gives no hash, and what the inventory has recorded matches.
   *
   * @param proof the strongest recorded hash, or the length
   */
  record AsRecorded(Proof proof) implements Finding {}

  /** The file is there, and nothing tells what its content must be. */
  record Unchecked() implements Finding {}

  /**
   * The file came from another URL, so it may be another document of the same name.
   *
   * @param url that URL, redacted
   */
  record OtherSource(String url) implements Finding {}

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

  /** Whether the file was compared with something, and matches. */
  default boolean isRight() {
    return this instanceof Right || this instanceof AsRecorded;
  }
}
