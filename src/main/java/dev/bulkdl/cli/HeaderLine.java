package dev.bulkdl.cli;

import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A request header as {@code Name: value} (RFC 9110 §5). The value is a secret: no message repeats
 * it.
 */
final class HeaderLine implements ITypeConverter<Map.Entry<String, String>> {

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  @Override
  public Map.Entry<String, String> convert(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    String value = text.substring(colon + 1).strip();
    if (!NAME.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new TypeConversionException("not a header; write for example 'X-Token: abc'");
    }
    return Map.entry(name, value);
  }
}
