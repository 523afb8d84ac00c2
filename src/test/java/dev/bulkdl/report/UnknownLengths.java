package dev.bulkdl.report;

import java.util.OptionalLong;

/**
 * The files of unknown length in a sample.
 *
 * @param mean the mean of the known lengths
 */
record UnknownLengths(long files, OptionalLong mean) {

  static final UnknownLengths NONE = new UnknownLengths(0, OptionalLong.empty());
}
