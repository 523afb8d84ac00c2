package dev.bulkdl.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers within bounds. */
final class Counts {

  private static final int MOST = 1_000_000;

  private Counts() {}

  /** From 1 on. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return parse(text, 1);
    }
  }

  /** From 0 on. */
  static final class OrZero implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return parse(text, 0);
    }
  }

  private static int parse(String text, int least) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of bounds.
    }
    throw new TypeConversionException(
        "'" + text + "' is no number from " + least + " to " + MOST + "; write for example 8");
  }
}
