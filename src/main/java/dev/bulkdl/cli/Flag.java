package dev.bulkdl.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option without a value. {@code --json=false} overrides the environment. */
final class Flag implements ITypeConverter<Boolean> {

  @Override
  public Boolean convert(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new TypeConversionException(
              "'" + text + "' is neither true nor false; write for example true");
    };
  }
}
