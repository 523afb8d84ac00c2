package dev.bulkdl.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes in bytes as people write them. {@code K M G T} are powers of 1024. */
class Sizes implements ITypeConverter<Long> {

  /** Accepts 0 too, which means no limit. */
  static final class OrZero extends Sizes {
    @Override
    public Long convert(String text) {
      return text.strip().equals("0") ? Long.valueOf(0) : super.convert(text);
    }
  }

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15})([KMGT]?)(?:I?B)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "KMGT";

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new TypeConversionException("'" + text + "' is no size; write for example 16M");
    }
    int power =
        size.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT));
    long bytes = Long.parseLong(size.group(1));
    if (bytes < 1 || bytes > Long.MAX_VALUE >> (10 * power)) {
      throw new TypeConversionException("'" + text + "' is out of range; write for example 16M");
    }
    return bytes << (10 * power);
  }

  /** Returns the shortest text that {@link #convert} reads as this number of bytes. */
  static String text(long bytes) {
    int power = 0;
    long number = bytes;
    while (number > 0 && number % 1024 == 0 && power < UNITS.length()) {
      number /= 1024;
      power++;
    }
    return number + (power == 0 ? "" : UNITS.substring(power - 1, power));
  }
}
