package dev.bulkdl.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a constant in upper or lower case. */
abstract class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;
  private final String refusal;

  /**
   * @param refusal what follows the wrong text in the message, such as {@code is none of a, b}
   */
  EnumConverter(Class<E> type, String refusal) {
    this.type = type;
    this.refusal = refusal;
  }

  @Override
  public E convert(String text) {
    try {
      return Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' " + refusal);
    }
  }
}
