package dev.bulkdl.cli;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a value whose parser says what is wrong with a text, and what is right. */
abstract class ParsedConverter<T> implements ITypeConverter<T> {

  private final Function<String, T> parser;

  /**
   * @param parser throws IllegalArgumentException with a message for the user
   */
  ParsedConverter(Function<String, T> parser) {
    this.parser = parser;
  }

  @Override
  public T convert(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
