package dev.bulkdl.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers within bounds. */
final class Counts {

  private static final int MOST = 1_000_000;

  private Counts() {}

  /** Accepts numbers from 1. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return parse(text, 1);
    }
  }

  /** Accepts numbers from 0. */
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
      // The exception below covers this and numbers out of bounds.
    }
    throw new TypeConversionException(
        "'" + text + "' is no number from " + least + " to " + MOST + "; write for example 8");
  }
}
