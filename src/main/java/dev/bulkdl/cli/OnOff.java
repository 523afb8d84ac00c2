package dev.bulkdl.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads "on" or "off". */
final class OnOff implements ITypeConverter<OnOff.Switch> {

  /** The two values, as help writes them. */
  enum Switch {
    ON,
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Switch convert(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes" -> Switch.ON;
      case "off", "false", "no" -> Switch.OFF;
      default -> throw new TypeConversionException("'" + text + "' is neither 'on' nor 'off'");
    };
  }
}
