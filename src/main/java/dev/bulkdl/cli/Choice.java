package dev.bulkdl.cli;

import picocli.CommandLine.ITypeConverter;

/**
 * The value of an option whose default depends on another option.
 *
 * @param given false if it is the usual default
 */
record Choice<T>(T value, boolean given) {

  static <T> Choice<T> usual(T value) {
    return new Choice<>(value, false);
  }

  /** Returns the value if it was given, else another default. */
  T or(T other) {
    return given ? value : other;
  }

  @Override
  public String toString() {
    return String.valueOf(value);
  }

  /** Reads a number from 1. */
  static final class OfCount implements ITypeConverter<Choice<Integer>> {
    @Override
    public Choice<Integer> convert(String text) {
      return new Choice<>(new Counts.Positive().convert(text), true);
    }
  }

  /** Reads a size in bytes. */
  static final class OfSize implements ITypeConverter<Choice<Long>> {
    @Override
    public Choice<Long> convert(String text) {
      return new Choice<>(new Sizes().convert(text), true);
    }
  }
}
